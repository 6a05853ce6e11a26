import type { Json } from '../../spec/messages.ts';
import { strictUtf8 } from './bytes.ts';

/** Reads bytes as JSON, which must be UTF-8 (RFC 8259, 8.1). */
export function readJson(bytes: Uint8Array): { ok: true; value: Json } | { ok: false; why: string } {
  const text = strictUtf8(bytes);
  if (text === null) return { ok: false, why: 'not valid UTF-8' };
  try {
    const value: Json = JSON.parse(text);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, why: error instanceof Error ? error.message : 'not valid JSON' };
  }
}
