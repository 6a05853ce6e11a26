/** What came of reading a line. */
export type Line = { kind: 'line'; bytes: Buffer } | { kind: 'too-long' };

const NEWLINE = 0x0a;

/**
 * Cuts a stream of bytes into lines, at newlines and nowhere else, for only they separate messages (2025-11-25,
 * basic/transports, "stdio"). Of a line that is too long nothing is kept.
 *
 * @param limit in bytes
 */
export function lineSplitter(limit: number, take: (line: Line) => void): { push(chunk: Buffer): void; end(): void } {
  let parts: Buffer[] = [];
  let length = 0;

  const add = (part: Buffer) => {
    length += part.length;
    if (length <= limit) parts.push(part);
    else parts = [];
  };
  const finish = () => {
    take(length > limit ? { kind: 'too-long' } : { kind: 'line', bytes: Buffer.concat(parts) });
    parts = [];
    length = 0;
  };

  return {
    push(chunk) {
      let start = 0;
      for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
        add(chunk.subarray(start, end));
        finish();
        start = end + 1;
      }
      if (start < chunk.length) add(chunk.subarray(start));
    },
    end() {
      if (length > 0) finish();
    },
  };
}

/** A message as a line. Its text must be on one line already. */
export function frame(text: string): string {
  return `${text}\n`;
}
