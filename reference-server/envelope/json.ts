import type { Json } from '../../spec/messages.ts';

/** The value that a text of JSON stands for; undefined when the text is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
