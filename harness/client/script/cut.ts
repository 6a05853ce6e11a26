import type { Cut } from './server-script.ts';

/** Cuts bytes into the chunks that a script wants; `events` says nothing about the inside of one event. */
export function cutBytes(bytes: Uint8Array, cut: Cut): Uint8Array[] {
  if (cut === 'whole' || cut === 'events') return bytes.length ? [bytes] : [];
  return pieces(bytes, placesOf(bytes, cut));
}

/** The indexes before which the bytes are cut. */
function placesOf(bytes: Uint8Array, cut: Exclude<Cut, 'whole' | 'events'>): number[] {
  const every = Array.from(bytes.keys());
  if (cut === 'bytes') return every;
  if (cut === 'characters') return every.filter((at) => isContinuation(bytes[at]));
  const text = Buffer.from(cut.after, 'utf8');
  return every.filter((at) => at >= text.length && text.equals(bytes.subarray(at - text.length, at)));
}

/** Whether a byte is the second or a later one of a character in UTF-8. */
function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & 0xc0) === 0x80;
}

function pieces(bytes: Uint8Array, places: readonly number[]): Uint8Array[] {
  const borders = [0, ...places.filter((at) => at > 0 && at < bytes.length), bytes.length];
  return borders
    .slice(1)
    .map((end, index) => bytes.subarray(borders[index], end))
    .filter((piece) => piece.length > 0);
}
