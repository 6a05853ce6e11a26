/** Doing the actions of a scenario. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ReferenceClient } from '../client.ts';
import { isNotification, isRequest } from '../messages.ts';
import { describeFailure, type Outcome } from '../results.ts';
import type { Action } from './action.ts';
import type { Inbox } from './inbox.ts';

const USUAL_WAIT_MS = 10_000;

/** What the actions are done with. */
export interface Stage {
  client: ReferenceClient;
  inbox: Inbox;
}

/** Does one action; resolves to what went wrong, or undefined when all went as the action says. */
export async function perform(action: Action, stage: Stage): Promise<string | undefined> {
  const { client } = stage;
  switch (action.do) {
    case 'list-tools':
      if (action.ifOffered && client.session?.server?.capabilities.tools === undefined) return undefined;
      return problemIn(await client.listTools(limitOf(action)), action.expect);
    case 'call-tool':
      return problemIn(await call(action, client), action.expect);
    case 'ping':
      return problemIn(await client.ping(limitOf(action)), action.expect);
    case 'open-stream':
      return problemIn(await client.openStream(), action.expect);
    case 'wait':
      return wait(action, stage);
    case 'pause':
      return sleep(action.ms, undefined);
    case 'together':
      return together(action.actions, stage);
  }
}

/** An action as it is named in a sentence. */
export function nameOf(action: Action): string {
  return action.do === 'call-tool' ? `call-tool ${JSON.stringify(action.name)}` : action.do;
}

function call(action: Action & { do: 'call-tool' }, client: ReferenceClient): Promise<Outcome<unknown>> {
  return client.callTool(action.name, action.arguments, {
    ...limitOf(action),
    ...(action.progress && { onProgress: () => {} }),
    ...(action.cancelAfterMs !== undefined && { signal: AbortSignal.timeout(action.cancelAfterMs) }),
  });
}

async function wait(action: Action & { do: 'wait' }, { inbox }: Stage): Promise<string | undefined> {
  const timeoutMs = action.timeoutMs ?? USUAL_WAIT_MS;
  const isKind = action.for === 'notification' ? isNotification : isRequest;
  const message = await inbox.take(
    (message) => isKind(message) && (action.method === undefined || message.method === action.method),
    timeoutMs,
  );
  if (message) return undefined;
  return `no ${action.for}${action.method === undefined ? '' : ` ${action.method}`} came within ${timeoutMs} ms`;
}

async function together(actions: Action[], stage: Stage): Promise<string | undefined> {
  const problems = await Promise.all(
    actions.map(async (action) => {
      const problem = await perform(action, stage);
      return problem === undefined ? [] : [`${nameOf(action)}: ${problem}`];
    }),
  );
  return problems.flat().join('; ') || undefined;
}

function limitOf({ timeoutMs }: { timeoutMs?: number }): { timeoutMs?: number } {
  return timeoutMs === undefined ? {} : { timeoutMs };
}

function problemIn(outcome: Outcome<unknown>, expected = 'ok'): string | undefined {
  const kind = outcome.ok ? 'ok' : outcome.failure.kind;
  if (kind === expected) return undefined;
  const happened = outcome.ok ? 'it succeeded' : describeFailure(outcome.failure);
  return expected === 'ok' ? happened : `${happened} (expected: ${expected})`;
}
