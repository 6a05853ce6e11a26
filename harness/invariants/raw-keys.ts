const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/gs;

/**
 * The names that an object in a JSON text has more than once, as far as it is a member of that name: JSON.parse keeps the last
 * of them and says nothing. The text must be JSON.
 */
export function repeatedKeys(text: string, member: string): string[] {
  const open: { readonly of: string; readonly keys: Set<string> }[] = [];
  const repeated: string[] = [];
  let previous = '';
  let key = '';
  for (const [token] of text.matchAll(TOKENS)) {
    const inner = open.at(-1);
    if (token === '{' || token === '[') {
      open.push({ of: key, keys: new Set() });
      key = '';
    } else if (token === '}' || token === ']') open.pop();
    else if (token === ',') key = '';
    else if (token === ':' && inner) {
      key = plain(previous);
      if (inner.of === member && inner.keys.has(key)) repeated.push(key);
      inner.keys.add(key);
    }
    previous = token;
  }
  return repeated;
}

function plain(spelled: string): string {
  const value: unknown = JSON.parse(spelled);
  return String(value);
}
