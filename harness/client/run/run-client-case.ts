import { setTimeout as sleep } from 'node:timers/promises';
import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { Revision } from '../../../spec/revisions.ts';
import type { Limits } from '../../target/limits.ts';
import { Recorder, type Trace, type TraceHeader } from '../../trace/trace.ts';
import { ScriptPlayer } from '../script/player.ts';
import type { ServerScript } from '../script/server-script.ts';
import { ScriptedServer } from '../serve/scripted-server.ts';
import type { ClientEnd, RunningClient, StartClient } from './client-under-test.ts';
import { actionsOf } from './scenario-actions.ts';

/** What every case of a run has in common. */
export interface ClientSetting {
  readonly start: StartClient;
  /** How the client is called in reports. */
  readonly name: string;
  readonly revision: Revision;
  readonly limits: Limits;
  /** The form of answers that the client surely reads. */
  readonly answerAs: 'json' | 'stream';
  /** Values for placeholders: what the survey saw of the client. */
  readonly variables: { readonly [name: string]: Json };
}

/** One start of the client: what it is told and what it meets. */
export interface Occasion {
  /** The name of the trace. */
  readonly id: string;
  readonly scenario: string;
  readonly context: JsonObject;
  readonly server: ServerScript;
}

/** What came of one start: all traffic, and how the client ended (which the trace's variables hold too). */
export interface ClientRun {
  readonly trace: Trace;
  readonly end: ClientEnd;
}

/** The beginning of a trace of this run. */
export function clientTraceHeader(
  id: string,
  { name, revision, variables }: Pick<ClientSetting, 'name' | 'revision' | 'variables'>,
): TraceHeader {
  return {
    version: 1,
    case: id,
    side: 'client',
    revision,
    transport: 'streamable-http',
    target: name,
    startedAt: new Date().toISOString(),
    variables: { ...variables, revision },
  };
}

/** Starts the client against a server of its own, waits for its end, and gives the trace; judges nothing. */
export async function runClientCase(occasion: Occasion, setting: ClientSetting): Promise<ClientRun> {
  const { revision, limits, answerAs } = setting;
  const { scenario, context } = occasion;
  const recorder = new Recorder();
  const header = clientTraceHeader(occasion.id, setting);
  const server = await ScriptedServer.start(
    new ScriptPlayer({ answerAs, ...occasion.server }, revision),
    recorder,
    limits,
  );
  let ended: Ended;
  try {
    const told = { name: scenario, revision, ...actionsOf(scenario), ...context };
    const client = setting.start({ url: server.url, scenario, context: told });
    ended = await endOf(client, server, limits);
  } finally {
    await server.close();
  }
  const { end, stoppedFor } = ended;
  const variables = { ...header.variables, run: { ...end, stoppedFor } };
  return { trace: { header: { ...header, variables }, events: [...recorder.events] }, end };
}

/** The longest time a client may take to start and connect, in milliseconds. */
export function startMs({ stepMs }: Limits): number {
  return 2 * stepMs;
}

/**
 * Waits until a client ends. Ends it when it does not connect, when it stays silent for the time of a step, and at the
 * limit for a case, which says nothing of the client where it was still busy.
 */
async function endOf(client: RunningClient, server: ScriptedServer, limits: Limits): Promise<Ended> {
  const waiting = new AbortController();
  const { signal } = waiting;
  const first = await Promise.race([
    client.ended.then(() => null),
    server.quiet(startMs(limits), limits.stepMs, signal).then(() => 'silent' as const),
    sleep(startMs(limits) + limits.caseMs, 'limit' as const, { signal }).catch(() => null),
  ]);
  waiting.abort();
  const end = await client.stop();
  return { end, stoppedFor: end.how === 'stopped' ? first : null };
}

interface Ended {
  readonly end: ClientEnd;
  /** Why the harness stopped it, or null. */
  readonly stoppedFor: 'silent' | 'limit' | null;
}
