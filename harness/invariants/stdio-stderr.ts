import type { Outcome } from '../judge/outcome.ts';
import type { Trace } from '../trace/trace.ts';
import { lenientUtf8, strictUtf8 } from '../wire/bytes.ts';
import type { Invariant } from './invariant.ts';

const LOGGING = 'stdio.stderr-logging';

/** What a server logs to its standard error is UTF-8 (basic/transports, stdio); that it logs at all is never a fault. */
export const stdioStderr: Invariant = {
  id: 'invariant.stdio.stderr',
  title: 'what stands on standard error is UTF-8',
  occasion: 'text on standard error',
  requires: [LOGGING],
  transports: ['stdio'],
  judge: ({ trace }) =>
    clientsIn(trace).flatMap((client): Outcome[] => {
      const chunks = trace.events.flatMap((event) =>
        event.kind === 'stderr' && event.client === client ? [event.bytes] : [],
      );
      if (!chunks.length) return [];
      const bytes = wholeCharacters(Buffer.concat(chunks));
      if (strictUtf8(bytes) !== null) return [{ requirement: LOGGING, kind: 'kept', evidence: { exchange: null } }];
      const actual = lenientUtf8(bytes).slice(0, 500);
      const evidence = { exchange: null, path: 'stderr', actual };
      return [{ requirement: LOGGING, kind: 'broken', message: 'standard error is not valid UTF-8', evidence }];
    }),
};

function clientsIn({ events }: Trace): string[] {
  return [...new Set(events.flatMap((event) => (event.kind === 'stderr' ? [event.client] : [])))];
}

/** The bytes up to the last line feed, if there is one: what was not kept may have begun within a character. */
function wholeCharacters(bytes: Buffer): Buffer {
  const end = bytes.lastIndexOf(0x0a);
  return end < 0 ? bytes : bytes.subarray(0, end + 1);
}
