import { show } from './outcomes.ts';

/** Shorter ids hold too little chance to be hard to guess: 16 hexadecimal digits are 64 bits. */
const FEWEST_CHARACTERS = 16;
/** Two ids that differ in so few characters at one place were counted, not drawn. */
const MOST_COUNTED_CHARACTERS = 4;

/**
 * Why an id can be guessed, as far as that shows: it is short, or one that was issued before it is the same or hardly
 * differs. Null when nothing of it shows.
 *
 * @param what the kind of id, such as "session id"
 * @param earlier the ids of its kind that were issued before
 */
export function whyGuessable(what: string, id: string, earlier: readonly string[]): string | null {
  if (id.length < FEWEST_CHARACTERS) {
    return `the ${what} ${show(id)} has ${id.length} characters only: it can be guessed`;
  }
  if (earlier.includes(id)) return `the ${what} ${show(id)} was issued twice`;
  const neighbour = earlier.find((other) => isNeighbour(id, other));
  if (neighbour === undefined) return null;
  return `the ${what}s ${show(neighbour)} and ${show(id)} hardly differ: they can be guessed`;
}

function isNeighbour(a: string, b: string): boolean {
  if (a.length !== b.length) return false;
  const differ = [...a].flatMap((character, at) => (character === b[at] ? [] : [at]));
  return (differ.at(-1) ?? 0) - (differ[0] ?? 0) < MOST_COUNTED_CHARACTERS;
}
