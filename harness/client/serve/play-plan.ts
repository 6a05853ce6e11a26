import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Recorder } from '../../trace/trace.ts';
import type { HeaderPairs } from '../../wire/headers.ts';
import type { Plan } from '../script/plan.ts';

/** What the writing of an answer depends on. */
export interface Stage {
  readonly recorder: Recorder;
  /** Settles when the client has answered what it was asked. */
  readonly allAnswered: () => Promise<void>;
  /** Longest wait for the client's answers, in milliseconds. */
  readonly patienceMs: number;
  /** Ends every wait when the case is over. */
  readonly over: AbortSignal;
}

/** Milliseconds between two chunks, so that they reach the client apart; fewer where there are many. */
const APART = { usual: 15, many: 1, manyFrom: 60 };

/**
 * Writes an answer as planned, chunk by chunk, and records what was written. Settles when all is written, although a
 * stream may then stay open; never rejects.
 */
export async function playPlan(plan: Plan, response: ServerResponse, exchange: number, stage: Stage): Promise<void> {
  const { recorder } = stage;
  const gone = () => response.destroyed || response.writableEnded || stage.over.aborted;
  await pause(plan.delay, stage);
  if (gone()) return;
  const headers: HeaderPairs = [...plan.headers, ...lengthOf(plan)];
  recorder.add({ kind: 'response', exchange, status: plan.status, headers });
  response.socket?.setNoDelay(true);
  response.writeHead(plan.status, headers.flat());
  response.flushHeaders();
  const apart = plan.chunks.length >= APART.manyFrom ? APART.many : APART.usual;
  for (const [index, chunk] of plan.chunks.entries()) {
    await pause(Math.max(chunk.wait, index === 0 ? 0 : apart), stage);
    if (chunk.awaitsAnswers) await Promise.race([stage.allAnswered(), pause(stage.patienceMs, stage)]);
    if (gone()) return;
    recorder.add({ kind: 'chunk', exchange, bytes: chunk.bytes });
    response.write(chunk.bytes);
  }
  if (plan.ending === 'open') return;
  // what was written must have left before the connection breaks
  if (plan.ending === 'drop') await pause(APART.usual, stage);
  if (gone()) return;
  recorder.add({ kind: 'end', exchange, how: plan.ending === 'complete' ? 'complete' : 'closed-by-harness' });
  if (plan.ending === 'drop') response.destroy();
  else response.end();
}

/** A body in one piece is sent with its length, one in several as chunks of HTTP too (RFC 9112, 7.1). */
function lengthOf(plan: Plan): [string, string][] {
  const isStream = plan.headers.some(([name, value]) => /^content-type$/i.test(name) && /event-stream/i.test(value));
  if (isStream || plan.chunks.length > 1) return [];
  return [['Content-Length', String(plan.chunks[0]?.bytes.length ?? 0)]];
}

async function pause(ms: number, { over }: Stage): Promise<void> {
  if (ms > 0) await sleep(ms, undefined, { signal: over }).catch(() => undefined);
}
