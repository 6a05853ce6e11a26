/** The names most like a text, best first; none that are quite different. */
export function nearest(text: string, names: Iterable<string>, most = 3): string[] {
  const wanted = text.toLowerCase();
  const limit = Math.max(2, Math.floor(wanted.length / 2.5));
  return [...new Set(names)]
    .map((name) => ({ name, distance: unlikeness(wanted, name.toLowerCase()) }))
    .filter(({ distance }) => distance <= limit)
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/** "; did you mean a, b or c?" where there is a name like the text, else nothing. */
export function didYouMean(text: string, names: Iterable<string>): string {
  const found = nearest(text, names);
  const last = found.pop();
  if (last === undefined) return '';
  return `; did you mean ${found.length ? `${found.join(', ')} or ${last}` : last}?`;
}

/** Edits that it takes from one text to the other; a part of a name counts as nearly the name. */
function unlikeness(a: string, b: string): number {
  return a.length >= 3 && b.includes(a) ? 1 : editDistance(a, b);
}

/** The Levenshtein distance. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
