import type { Json } from '../../spec/messages.ts';

/** A value as JSON for the middle of a sentence, cut where it grows longer than `most` characters. */
export function inShort(value: Json, most: number): string {
  const text = jsonOf(value);
  return text.length > most ? `${text.slice(0, most - 3)}...` : text;
}

/** A value from a target may be nested so deeply that writing it exhausts the stack. */
function jsonOf(value: Json): string {
  try {
    return JSON.stringify(value);
  } catch {
    return '... (nested too deeply)';
  }
}
