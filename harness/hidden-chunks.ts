import { joinBytes } from './wire/bytes.ts';

/** A piece of a body with the time it came in. */
export interface Chunk {
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** How far around the border of two chunks a secret is looked for; no secret is longer. */
const WINDOW = 16_384;

/**
 * The chunks of one body with its secrets hidden, in bodies that are not UTF-8 too. Chunks that share a secret become one,
 * with the time of the last; all others keep their borders.
 *
 * @param hide takes and gives text in which each byte is one character; secrets are ASCII
 */
export function hiddenChunks(chunks: readonly Chunk[], hide: (text: string) => string): readonly Chunk[] {
  const whole = latin1(joinBytes(chunks.map(({ bytes }) => bytes)));
  if (hide(whole) === whole) return chunks;
  const hidden: Chunk[] = [];
  let [start, end] = [0, 0];
  for (const { at, bytes } of chunks) {
    end += bytes.length;
    if (splitsSecret(whole, end, hide)) continue;
    hidden.push({ at, bytes: Buffer.from(hide(whole.slice(start, end)), 'latin1') });
    start = end;
  }
  return hidden;
}

function splitsSecret(whole: string, border: number, hide: (text: string) => string): boolean {
  const before = whole.slice(Math.max(0, border - WINDOW), border);
  const after = whole.slice(border, border + WINDOW);
  return hide(before) + hide(after) !== hide(before + after);
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
