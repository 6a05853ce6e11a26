import type { JsonObject, JsonRpcResponse } from '../../spec/messages.ts';
import type { Outlet } from '../dispatch/context.ts';
import { initializedOf, type Session } from '../sessions/session.ts';
import type { Steps } from '../steps.ts';
import { type Ask, ClientFailed, type Question } from './ask.ts';

/** What asking in a session needs. */
export interface SessionAsking {
  session: Session;
  /** The way back that the request being served came with. */
  outlet: Outlet;
  signal: AbortSignal;
  timeoutMs: number;
  asking: Steps['asking'];
}

/**
 * Asks the client of a session, with requests on the stream of the request being served, because they belong to it. Where
 * that cannot carry them, they go the way of messages that belong to no request.
 */
export function askInSession(parts: SessionAsking): Ask {
  return async (questions, meta) => {
    const names = Object.keys(questions) as (keyof typeof questions)[];
    const answers = await Promise.all(names.map((name) => askOne(questions[name], meta, parts)));
    return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as Record<
      keyof typeof questions,
      JsonObject
    >;
  };
}

async function askOne(question: Question, meta: JsonObject | undefined, parts: SessionAsking): Promise<JsonObject> {
  const { session, outlet, signal, timeoutMs, asking } = parts;
  const { revision, client } = session;
  if (!asking.canBeAsked(question, client.capabilities, revision)) {
    throw new ClientFailed(`This client cannot be asked for "${question.method}"; it has not declared that it can.`);
  }
  await asking.readyToBeAsked(session, signal);
  const { method, params } = asking.questionFor(question, revision);
  const answer = await session.outgoing.request(
    { method, params: meta === undefined ? params : { ...params, _meta: meta } },
    {
      signal,
      timeoutMs: asking.patienceFor(question, timeoutMs),
      send: (message) => (outlet.canSend ? outlet.send(message) : session.push(message)),
      steps: asking,
    },
  );
  const problems = asking.checkAnswer(question, answer);
  if (problems.length > 0)
    throw new ClientFailed(`The client's answer to "${method}" is not valid. ${problems.join(' ')}`);
  return answer;
}

/**
 * A server does not ask before the client is initialized (2025-11-25, basic/lifecycle, "Initialization"), and over HTTP the
 * notification that says so can be overtaken.
 */
export async function readyToBeAsked(session: Session, signal: AbortSignal): Promise<void> {
  if (session.initialized) return;
  let giveUp = () => {};
  const aborted = new Promise<void>((resolve) => {
    giveUp = resolve;
    signal.addEventListener('abort', giveUp);
  });
  await Promise.race([initializedOf(session), aborted]);
  signal.removeEventListener('abort', giveUp);
}

/** What comes of a response that nobody waits for: nothing, as it may have been on its way when its request was given up. */
export function answerToNothing(_response: JsonRpcResponse, _session: Session): void {}

/** Milliseconds that a client has to answer a question: what the question says, or what is usual. */
export function patienceFor({ patienceMs }: Question, usual: number): number {
  return patienceMs ?? usual;
}
