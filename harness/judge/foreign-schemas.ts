import type { JsonObject } from '../../spec/messages.ts';

/** More schemas than a target of ordinary size has. */
const MOST = 500;
/** Longest text that is kept, in characters. */
const LONGEST = 100_000;

/**
 * Keeps what is made of a target's schemas, which come again with every list and every call: compiling one takes longer than
 * all else that is done with it. Schemas are the same when their text is.
 */
export function keptBySchema<T>(make: (schema: JsonObject) => T): (schema: JsonObject) => T {
  const kept = new Map<string, T>();
  return (schema) => {
    const text = textOf(schema);
    if (text === null || text.length > LONGEST) return make(schema);
    const before = kept.get(text);
    if (before !== undefined) return before;
    if (kept.size >= MOST) kept.clear();
    const made = make(schema);
    kept.set(text, made);
    return made;
  };
}

/** A schema as text, or null when it is nested too deep for that. */
function textOf(schema: JsonObject): string | null {
  try {
    return JSON.stringify(schema);
  } catch {
    return null;
  }
}
