import type { JsonObject, JsonRpcResponse } from '../../spec/messages.ts';
import type { Outlet, ServerMessage } from '../dispatch/context.ts';
import { initializedOf, type Session } from '../sessions/session.ts';
import type { Steps } from '../steps.ts';
import { type Ask, ClientFailed, type Question } from './ask.ts';
import { askAsTask, type Following } from './asked-as-task.ts';

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
  return async (questions, { meta } = {}) => {
    const names = Object.keys(questions) as (keyof typeof questions)[];
    const answers = await Promise.all(names.map((name) => askOne(questions[name], meta, parts)));
    return Object.fromEntries(names.map((name, index) => [name, answers[index]])) as Record<
      keyof typeof questions,
      JsonObject
    >;
  };
}

async function askOne(question: Question, meta: JsonObject | undefined, parts: SessionAsking): Promise<JsonObject> {
  const { session, signal, timeoutMs, asking } = parts;
  const { revision, client } = session;
  if (!asking.canBeAsked(question, client.capabilities, revision)) {
    throw new ClientFailed(`This client cannot be asked for "${question.method}"; it has not declared that it can.`);
  }
  await asking.readyToBeAsked(session, signal);
  const { method, params } = asking.questionFor(question, revision);
  const asked = { method, params: meta === undefined ? params : { ...params, _meta: meta } };
  const patience = asking.patienceFor(question, timeoutMs);
  const answer = asking.asksAsTask(question, client.capabilities, revision)
    ? await askAsTask(asked, followingIn({ ...parts, timeoutMs: patience }))
    : await send(asked, parts, signal, patience);
  const problems = asking.checkAnswer(question, answer);
  if (problems.length > 0)
    throw new ClientFailed(`The client's answer to "${method}" is not valid. ${problems.join(' ')}`);
  return answer;
}

type Asked = { method: string; params: JsonObject };

/** Sends a request to the client and waits for its answer, until the signal aborts or the time is up. */
function send(
  asked: Asked,
  { session, outlet, asking }: SessionAsking,
  signal: AbortSignal,
  timeoutMs: number,
  sent: (message: ServerMessage) => void = () => {},
): Promise<JsonObject> {
  return session.outgoing.request(asked, {
    signal,
    timeoutMs,
    send: (message) => {
      sent(message);
      if (outlet.canSend) outlet.send(message);
      else session.push(message);
    },
    steps: asking,
  });
}

function followingIn(parts: SessionAsking): Following {
  const { signal, timeoutMs, asking, session, outlet } = parts;
  let first: string | undefined;
  return {
    ask: (method, params) =>
      send({ method, params }, parts, signal, timeoutMs, (message) => {
        if ('id' in message) first ??= String(message.id);
      }),
    // What calls something off is not called off with it.
    callOff: ({ kind, method, params }) => {
      if (kind === 'request') {
        void send({ method, params }, parts, new AbortController().signal, timeoutMs).catch(() => {});
      } else if (outlet.canSend) outlet.send({ jsonrpc: '2.0', method, params });
      else session.push({ jsonrpc: '2.0', method, params });
    },
    requestId: () => first ?? '',
    signal,
    timeoutMs,
    steps: asking,
  };
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
