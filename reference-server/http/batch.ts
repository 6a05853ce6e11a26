import type { ServerResponse } from 'node:http';
import type { JsonRpcFailure } from '../../spec/messages.ts';
import type { Incoming, InvalidMessage } from '../envelope/message.ts';
import type { Session } from '../sessions/session.ts';
import { openAnswer } from './answer.ts';
import type { Outcome, Runtime } from './exchange.ts';
import { type HttpReply, jsonReply } from './reply.ts';

/**
 * Answers a batch (2025-03-26, basic, "Batching"; JSON-RPC 2.0, section 6): one response for each request and each element
 * that is no message, in any order, and none for notifications. Requests run side by side, in the order they came.
 */
export async function answerBatch(
  incoming: readonly Incoming[],
  session: Session,
  response: ServerResponse,
  runtime: Runtime,
): Promise<Outcome> {
  const { protocol, sessions } = runtime;
  if (!incoming.some(({ kind }) => kind === 'request')) return takeWithoutRequests(incoming, session, runtime);
  const answer = openAnswer(response, runtime, { session, revision: session.revision, batch: true });
  const served = incoming.map(async (one) => {
    if (one.kind === 'notification') protocol?.notice(one.message, session);
    if (one.kind === 'invalid') answer.add(errorFor(one, session, runtime));
    if (one.kind !== 'request') return;
    const answered = await protocol?.serve(one.message, session, answer);
    if (answered !== undefined) answer.add(answered);
  });
  await Promise.all(served);
  sessions.touch(session);
  return answer.finish();
}

/** Without a request there is nothing to answer but what is no message, and for that the whole is a bad request. */
function takeWithoutRequests(incoming: readonly Incoming[], session: Session, runtime: Runtime): HttpReply {
  const { http, envelope } = runtime.steps;
  for (const one of incoming) {
    if (one.kind === 'notification') runtime.protocol?.notice(one.message, session);
    if (one.kind === 'response') runtime.protocol?.settle(one.message, session);
  }
  const errors = incoming.filter((one) => one.kind === 'invalid').map((one) => errorFor(one, session, runtime));
  return errors.length === 0 ? http.acceptedReply() : jsonReply(400, envelope.encode(errors));
}

function errorFor({ id, problem }: InvalidMessage, session: Session, runtime: Runtime): JsonRpcFailure {
  return runtime.steps.envelope.invalidMessage(id, problem, session.revision);
}
