import { joinBytes } from '../wire/bytes.ts';

/** How far around the border of two chunks a secret is looked for; no secret is longer. */
const WINDOW = 16_384;

/**
 * The chunks of one body with its secrets hidden. Chunks that share a secret become one in the place of the last of them,
 * and the others become null; all borders that no secret crosses stay.
 *
 * @param hide takes and gives text in which each byte is one character; secrets are ASCII
 */
export function hiddenChunks(
  chunks: readonly Uint8Array[],
  hide: (text: string) => string,
): readonly (Uint8Array | null)[] {
  const whole = latin1(joinBytes(chunks));
  if (hide(whole) === whole) return chunks;
  let [start, end] = [0, 0];
  return chunks.map((chunk) => {
    end += chunk.length;
    if (splitsSecret(whole, end, hide)) return null;
    const hidden = Buffer.from(hide(whole.slice(start, end)), 'latin1');
    start = end;
    return hidden;
  });
}

function splitsSecret(whole: string, border: number, hide: (text: string) => string): boolean {
  const before = whole.slice(Math.max(0, border - WINDOW), border);
  const after = whole.slice(border, border + WINDOW);
  return hide(before) + hide(after) !== hide(before + after);
}

/** Bytes as a text of as many characters. */
export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
