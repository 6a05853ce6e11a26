import type { IncomingMessage } from 'node:http';

/** What came of reading a body. */
export type Body = { kind: 'whole'; bytes: Buffer } | { kind: 'too-large' } | { kind: 'vanished' };

/**
 * Reads the body of a request, and keeps no more than `limit` bytes of it. The rest of one that is too large flows away
 * unread, because a client that is cut off while it sends may never see why; the time a request may take bounds that.
 */
export function readBody(request: IncomingMessage, limit: number): Promise<Body> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= limit) {
        chunks.push(chunk);
      } else {
        chunks.length = 0;
        resolve({ kind: 'too-large' });
      }
    });
    request.on('end', () => resolve({ kind: 'whole', bytes: Buffer.concat(chunks) }));
    request.on('error', () => resolve({ kind: 'vanished' }));
    request.on('close', () => resolve({ kind: 'vanished' }));
  });
}
