/** Header fields in the order and spelling they had on the wire. */
export type HeaderPairs = readonly (readonly [name: string, value: string])[];

/** Every value of a header, whatever the letter case of its name. */
export function headerValues(pairs: HeaderPairs, name: string): string[] {
  const wanted = name.toLowerCase();
  return pairs.filter(([key]) => key.toLowerCase() === wanted).map(([, value]) => value);
}

/** The first value of a header, or null. */
export function headerValue(pairs: HeaderPairs, name: string): string | null {
  const wanted = name.toLowerCase();
  for (const [key, value] of pairs) {
    if (key.length === wanted.length && key.toLowerCase() === wanted) return value;
  }
  return null;
}

/** What was read already: every invariant asks for it again. */
const mediaTypes = new WeakMap<HeaderPairs, string | null>();

/** The media type of a Content-Type value in lower case and without parameters (RFC 9110, 8.3.1), or null. */
export function mediaTypeOf(pairs: HeaderPairs): string | null {
  const before = mediaTypes.get(pairs);
  if (before !== undefined) return before;
  const type = headerValue(pairs, 'content-type')?.split(';')[0]?.trim().toLowerCase() || null;
  mediaTypes.set(pairs, type);
  return type;
}
