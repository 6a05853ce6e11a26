import type { JsonRpcRequest } from '../../spec/messages.ts';
import { ErrorCode } from '../envelope/error.ts';
import type { Incoming } from '../envelope/message.ts';
import { factsOf, isSupported, type Revision } from '../revisions.ts';
import { isStateless } from '../stateless/meta.ts';
import { openAnswer } from './answer.ts';
import { answerBatch } from './batch.ts';
import { tooLarge } from './content.ts';
import { admit, type Exchange, type Outcome, type Runtime, refusalReply } from './exchange.ts';
import { field, type RequestHead } from './head.ts';
import { jsonReply, type Refusal, refuse } from './reply.ts';
import { answerStateless, answerWithoutHandshake } from './stateless.ts';

/** Answers a POST: the one way a client sends messages (2025-11-25, basic/transports, "Sending Messages to the Server"). */
export async function handlePost(exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { head, response } = exchange;
  const { sessions } = runtime;
  const { http, envelope } = runtime.steps;
  const body = await bodyOf(exchange, runtime);
  if ('kind' in body) return refusalReply(body, runtime);

  // What a malformed body is answered depends on the revision, before it is known whether the session is right.
  const revision = http.revisionFor(head, sessions.find(field(head, 'mcp-session-id') ?? ''));
  const decoded = envelope.decode(body.bytes, revision);
  switch (decoded.kind) {
    case 'undecodable':
      return jsonReply(400, envelope.encode(envelope.invalidMessage(null, decoded.problem, revision, decoded.code)));
    case 'one':
      if (isForStateless(decoded.incoming, head, runtime)) return answerStateless(decoded.incoming, exchange, runtime);
      return answerOne(decoded.incoming, revision, exchange, runtime);
    case 'batch': {
      const found = admit(head, runtime);
      if (found.kind === 'refusal') return refusalReply(found, runtime);
      return answerBatch(decoded.incoming, found.session, response, runtime);
    }
  }
}

/** The body of a request, or why it is not taken. */
export async function bodyOf(
  { head, request }: Exchange,
  { settings, steps: { http } }: Runtime,
): Promise<{ bytes: Buffer } | Refusal> {
  const refusal = http.checkContentType(head) ?? http.checkLength(head, settings);
  if (refusal !== undefined) return refusal;
  const body = await http.readBody(request, settings.maxBodyBytes);
  if (body.kind === 'too-large') return tooLarge(settings.maxBodyBytes);
  return body.kind === 'vanished' ? brokenOff : { bytes: body.bytes };
}

/**
 * Whether a message is for the stateless revisions (2026-07-28, basic/versioning, "Backward Compatibility"): a request that
 * says so in `_meta`, or else any message whose header field names such a revision, unless it belongs to a session.
 */
function isForStateless(incoming: Incoming, head: RequestHead, { stateless, sessions }: Runtime): boolean {
  if (stateless === undefined) return false;
  if (incoming.kind === 'request' && isStateless(incoming.message.params)) return true;
  const named = field(head, 'mcp-protocol-version') ?? '';
  if (!isSupported(named) || factsOf(named).era !== 'stateless') return false;
  return sessions.find(field(head, 'mcp-session-id') ?? '') === undefined;
}

async function answerOne(
  incoming: Incoming,
  revision: Revision,
  exchange: Exchange,
  runtime: Runtime,
): Promise<Outcome> {
  const { head } = exchange;
  const { http, envelope } = runtime.steps;
  if (incoming.kind === 'invalid') {
    return jsonReply(400, envelope.encode(envelope.invalidMessage(incoming.id, incoming.problem, revision)));
  }
  if (runtime.protocol === undefined) return answerWithoutHandshake(incoming, runtime);
  if (incoming.kind === 'request') return answerRequest(incoming.message, exchange, runtime);
  const found = admit(head, runtime);
  if (found.kind === 'refusal') return refusalReply(found, runtime);
  if (incoming.kind === 'notification') runtime.protocol.notice(incoming.message, found.session);
  if (incoming.kind === 'response') runtime.protocol.settle(incoming.message, found.session);
  return http.acceptedReply();
}

async function answerRequest(message: JsonRpcRequest, exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { head, response } = exchange;
  const opensSession = message.method === 'initialize' && field(head, 'mcp-session-id') === undefined;
  if (opensSession) return answerInitialize(message, exchange, runtime);
  const found = admit(head, runtime);
  if (found.kind === 'refusal') return refusalReply(found, runtime, message.id);
  const { session } = found;
  const { revision } = session;
  const brief = runtime.steps.http.wantsBriefAnswer(message, revision);
  const answer = openAnswer(response, runtime, { session, revision, brief });
  let polled = false;
  response.on('close', () => {
    if (!response.writableFinished && !polled) runtime.steps.http.clientGone(message, session);
  });
  const leave = (retryMs: number) => {
    polled = true;
    answer.leave?.(retryMs);
  };
  const answered = await runtime.protocol?.serve(message, session, { ...answer, leave });
  if (answered !== undefined) answer.add(answered);
  runtime.sessions.touch(session);
  return answer.finish();
}

/** Answers `initialize`, which alone needs no session and, if it goes well, gets one. */
function answerInitialize(message: JsonRpcRequest, { head, response }: Exchange, runtime: Runtime): Outcome {
  const { settings, steps, protocol, sessions } = runtime;
  const refusal = steps.http.checkProtocolVersion(head, settings);
  if (refusal !== undefined) return refusalReply(refusal, runtime, message.id);
  const initialized = protocol?.initialize(message);
  if (initialized === undefined) return refusalReply(allTaken, runtime, message.id);
  // Without a session there is nothing that the ids of a stream's events could be unique in.
  if (initialized.kind === 'rejected') return jsonReply(200, steps.envelope.encode(initialized.response));
  const session = sessions.open(initialized.revision, initialized.client);
  if (session === undefined) return refusalReply(allTaken, runtime, message.id);
  const headers = steps.http.sessionHeaders(session);
  const answer = openAnswer(response, runtime, { session, revision: session.revision, headers });
  answer.add(initialized.response);
  return answer.finish();
}

const brokenOff = refuse(400, 'The body ended too early.');

const allTaken = refuse(503, 'All sessions are taken; try again later.', {
  code: ErrorCode.internalError,
  headers: { 'Retry-After': '30' },
});
