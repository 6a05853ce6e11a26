/** Bytes as a trace file holds them: as text when they are UTF-8, else as base64. */
export type EncodedBytes = { text: string } | { base64: string };

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The text of bytes that are valid UTF-8 (a byte order mark is kept), or null. */
export function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

/** The text of any bytes; what is not UTF-8 becomes U+FFFD. */
export function lenientUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
}

/** Bytes in the form that a trace file holds. */
export function encodeBytes(bytes: Uint8Array): EncodedBytes {
  const text = strictUtf8(bytes);
  return text === null ? { base64: Buffer.from(bytes).toString('base64') } : { text };
}

/** The bytes that a trace file holds. */
export function decodeBytes(encoded: EncodedBytes): Uint8Array {
  return 'text' in encoded ? Buffer.from(encoded.text, 'utf8') : Buffer.from(encoded.base64, 'base64');
}

/** Several pieces as one. */
export function joinBytes(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 && pieces[0] ? pieces[0] : Buffer.concat(pieces);
}
