import { createHmac, timingSafeEqual } from 'node:crypto';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';

const SEAL_LENGTH = 16;

/** One page of a list, and the cursor of the next page if there is one. */
export interface Page<Item> {
  items: readonly Item[];
  nextCursor?: string;
}

/**
 * Makes the cursor that continues a list after the item named `last`. It holds no number but a name, so that it stays
 * valid when the list grows, and a seal, so that only this server can make one (2025-11-25, server/utilities/pagination).
 *
 * @param list the method the cursor is for; a cursor of one list is not valid for another
 */
export function encodeCursor(key: Buffer, list: string, last: string): string {
  const payload = Buffer.from(JSON.stringify([list, last]));
  return Buffer.concat([seal(key, payload), payload]).toString('base64url');
}

/** The name of the last item that the holder of a cursor has seen; undefined when this server did not make it for `list`. */
export function decodeCursor(key: Buffer, list: string, cursor: string): string | undefined {
  const bytes = Buffer.from(cursor, 'base64url');
  // Buffer.from skips what is not base64url, so a cursor with rubbish in it would pass.
  if (bytes.length <= SEAL_LENGTH || bytes.toString('base64url') !== cursor) return undefined;
  const payload = bytes.subarray(SEAL_LENGTH);
  if (!timingSafeEqual(bytes.subarray(0, SEAL_LENGTH), seal(key, payload))) return undefined;
  const [sealedList, last]: string[] = JSON.parse(payload.toString());
  return sealedList === list ? last : undefined;
}

/** The steps of paging, which a page is made by. */
export interface Paging {
  encodeCursor: typeof encodeCursor;
  decodeCursor: typeof decodeCursor;
}

/**
 * Cuts one page out of a list.
 *
 * @param cursor undefined for the first page
 * @throws ProtocolError -32602 when the cursor is not one of this list ("Error Handling")
 */
export function pageOf<Item extends { name: string }>(
  items: readonly Item[],
  { list, key, size, cursor }: { list: string; key: Buffer; size: number; cursor: string | undefined },
  paging: Paging,
): Page<Item> {
  let start = 0;
  if (cursor !== undefined) {
    const last = paging.decodeCursor(key, list, cursor);
    start = items.findIndex(({ name }) => name === last) + 1;
    if (start === 0) {
      throw new ProtocolError(ErrorCode.invalidParams, '"cursor" is not valid; list again from the first page.');
    }
  }
  const page = items.slice(start, start + size);
  const last = page.at(-1);
  if (last === undefined || start + size >= items.length) return { items: page };
  return { items: page, nextCursor: paging.encodeCursor(key, list, last.name) };
}

function seal(key: Buffer, payload: Buffer): Buffer {
  return createHmac('sha256', key).update(payload).digest().subarray(0, SEAL_LENGTH);
}
