import type { Json } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';
import { lenientUtf8 } from '../wire/bytes.ts';
import { type LinePiece, piecesOf } from '../wire/line-pieces.ts';
import type { Invariant } from './invariant.ts';
import { ruleAt } from './outcomes.ts';

const ONLY_MESSAGES = 'stdio.stdout-only-mcp';
const FRAMING = 'stdio.newline-framing';
const UTF8 = 'jsonrpc.utf8';

type Line = Extract<TraceEvent, { kind: 'line' }>;

/** Standard output carries nothing but messages, each on a line of its own (basic/transports, stdio). */
export const stdioLines: Invariant = {
  id: 'invariant.stdio.lines',
  title: 'standard output carries one JSON-RPC message a line and nothing else',
  occasion: 'lines on standard output',
  requires: [ONLY_MESSAGES, FRAMING],
  transports: ['stdio'],
  judge: ({ trace, revision }) => {
    const lines = trace.events.filter((event): event is Line => event.kind === 'line' && !isCutOff(event, trace));
    // another rule speaks of the encoding, in the revisions that have it
    const encoding = ruleAt(revision, UTF8, ONLY_MESSAGES);
    return [...new Set(lines.map(({ client }) => client))].flatMap((client) =>
      piecesOf(lines.filter((line) => line.client === client)).flatMap((piece) => judgePiece(piece, encoding)),
    );
  },
};

/** Whether the harness may itself have kept the server from ending a line: it told it to go, and then it went. */
function isCutOff({ client, terminated, at }: Line, { events }: Trace): boolean {
  return !terminated && events.some((event) => event.kind === 'stop' && event.client === client && event.at <= at);
}

function judgePiece(piece: LinePiece<Line>, encoding: string): Outcome[] {
  const { lines, values, fault } = piece;
  const first = lines[0];
  if (!first) return [];
  const actual = lenientUtf8(first.bytes).slice(0, 500);
  if (!values.length) return [judgeStranger(actual)];
  if (fault === 'byte-order-mark') return [broken(ONLY_MESSAGES, 'a byte order mark stands before a message', actual)];
  if (fault === 'not-utf-8') {
    return encoding === ONLY_MESSAGES ? [broken(ONLY_MESSAGES, 'a message is not valid UTF-8', actual)] : [];
  }
  const kept: Outcome = { requirement: ONLY_MESSAGES, kind: 'kept', evidence: { exchange: null } };
  if (fault === 'on-several-lines') {
    return [kept, broken(FRAMING, `one message stands on ${lines.length} lines`, actual)];
  }
  if (fault === 'on-one-line') return [kept, broken(FRAMING, `${values.length} messages stand on one line`, actual)];
  if (!first.terminated) return [kept, broken(FRAMING, 'no line feed ends the last message', actual)];
  return [kept, { requirement: FRAMING, kind: 'kept', evidence: { exchange: null } }];
}

/** A line that is no message: a blank one disturbs hardly any reader. */
function judgeStranger(text: string): Outcome {
  if (text.trim() !== '') return broken(ONLY_MESSAGES, 'a line of standard output is not a JSON-RPC message', text);
  const blank = broken(ONLY_MESSAGES, 'a blank line stands on standard output', text);
  return { ...blank, atMost: 'warn' };
}

function broken(requirement: string, message: string, actual: Json): Extract<Outcome, { kind: 'broken' }> {
  return { requirement, kind: 'broken', message, evidence: { exchange: null, path: 'line', actual } };
}
