import { readJson } from '../exchange.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { TraceEvent } from '../trace.ts';
import { joinBytes, lenientUtf8 } from '../wire/bytes.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Invariant } from './invariant.ts';

const ONLY_MESSAGES = 'stdio.stdout-only-mcp';
const FRAMING = 'stdio.newline-framing';

type Line = Extract<TraceEvent, { kind: 'line' }>;

/** Standard output carries nothing but messages, each on a line of its own (basic/transports, stdio). */
export const stdioLines: Invariant = {
  id: 'invariant.stdio.lines',
  title: 'standard output carries one JSON-RPC message a line and nothing else',
  requires: [ONLY_MESSAGES, FRAMING],
  transports: ['stdio'],
  judge: ({ trace }) => {
    const lines = trace.events.filter((event): event is Line => event.kind === 'line');
    const outcomes: Outcome[] = [];
    for (let at = 0; at < lines.length; at += 1) {
      const line = lines[at];
      if (!line) break;
      const pieces = isMessage(line.bytes) ? 1 : piecesOfOne(lines.slice(at, at + MOST_PIECES));
      outcomes.push(...judgeLine(line, pieces));
      at += Math.max(pieces, 1) - 1;
    }
    return outcomes;
  },
};

/** Lines that one message broken by line feeds is looked for in. */
const MOST_PIECES = 200;

/** @param pieces how many lines make up one message: 0 when none does */
function judgeLine(line: Line, pieces: number): Outcome[] {
  const evidence = { exchange: null, path: 'line', actual: lenientUtf8(line.bytes).slice(0, 500) };
  if (pieces === 0) {
    const blank = lenientUtf8(line.bytes).trim() === '';
    return [
      {
        requirement: ONLY_MESSAGES,
        kind: 'broken',
        message: blank
          ? 'a blank line stands on standard output'
          : 'a line of standard output is not a JSON-RPC message',
        evidence,
        ...(blank ? { atMost: 'warn' as const } : {}),
      },
    ];
  }
  const kept: Outcome = { requirement: ONLY_MESSAGES, kind: 'kept', evidence: { exchange: null } };
  if (pieces > 1) {
    return [{ requirement: FRAMING, kind: 'broken', message: `one message stands on ${pieces} lines`, evidence }];
  }
  if (!line.terminated) {
    return [kept, { requirement: FRAMING, kind: 'broken', message: 'no line feed ends the last message', evidence }];
  }
  return [kept, { requirement: FRAMING, kind: 'kept', evidence: { exchange: null } }];
}

/** How many lines, from the first on, make up one message; 0 when none does. */
function piecesOfOne(lines: readonly Line[]): number {
  for (let count = 2; count <= lines.length; count += 1) {
    if (isMessage(joinBytes(lines.slice(0, count).flatMap(({ bytes }) => [bytes, LF])))) return count;
  }
  return 0;
}

const LF = Uint8Array.of(0x0a);

function isMessage(bytes: Uint8Array): boolean {
  const read = readJson(bytes);
  return read.ok && (isObject(read.value) || (Array.isArray(read.value) && read.value.every(isObject)));
}
