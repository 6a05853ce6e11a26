import type { JsonRpcRequest } from '../../spec/messages.ts';
import { ErrorCode } from '../envelope/error.ts';
import type { Incoming } from '../envelope/message.ts';
import type { Revision } from '../revisions.ts';
import { openAnswer } from './answer.ts';
import { answerBatch } from './batch.ts';
import { tooLarge } from './content.ts';
import { admit, type Exchange, type Outcome, type Runtime, refusalReply } from './exchange.ts';
import { field } from './head.ts';
import { jsonReply, refuse } from './reply.ts';

/** Answers a POST: the one way a client sends messages (2025-11-25, basic/transports, "Sending Messages to the Server"). */
export async function handlePost(exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { head, request, response } = exchange;
  const { settings, sessions } = runtime;
  const { http, envelope } = runtime.steps;
  const refusal = http.checkContentType(head) ?? http.checkLength(head, settings);
  if (refusal !== undefined) return refusalReply(refusal, runtime);
  const body = await http.readBody(request, settings.maxBodyBytes);
  if (body.kind === 'too-large') return refusalReply(tooLarge(settings.maxBodyBytes), runtime);
  if (body.kind === 'vanished') return refusalReply(brokenOff, runtime);

  // What a malformed body is answered depends on the revision, before it is known whether the session is right.
  const revision = http.revisionFor(head, sessions.find(field(head, 'mcp-session-id') ?? ''));
  const decoded = envelope.decode(body.bytes, revision);
  switch (decoded.kind) {
    case 'undecodable':
      return jsonReply(400, envelope.encode(envelope.invalidMessage(null, decoded.problem, revision, decoded.code)));
    case 'one':
      return answerOne(decoded.incoming, revision, exchange, runtime);
    case 'batch': {
      const found = admit(head, runtime);
      if (found.kind === 'refusal') return refusalReply(found, runtime);
      return answerBatch(decoded.incoming, found.session, response, runtime);
    }
  }
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
  if (incoming.kind === 'request') return answerRequest(incoming.message, exchange, runtime);
  const found = admit(head, runtime);
  if (found.kind === 'refusal') return refusalReply(found, runtime);
  if (incoming.kind === 'notification') runtime.protocol.notice(incoming.message, found.session);
  // This server asks its clients nothing, so a response answers nothing; it is taken all the same and never answered.
  return http.acceptedReply();
}

async function answerRequest(message: JsonRpcRequest, exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { head, response } = exchange;
  const opensSession = message.method === 'initialize' && field(head, 'mcp-session-id') === undefined;
  if (opensSession) return answerInitialize(message, exchange, runtime);
  const found = admit(head, runtime);
  if (found.kind === 'refusal') return refusalReply(found, runtime, message.id);
  const { session } = found;
  const answer = openAnswer(response, session, runtime);
  response.on('close', () => {
    if (!response.writableFinished) runtime.steps.http.clientGone(message, session);
  });
  const answered = await runtime.protocol.serve(message, session, answer);
  if (answered !== undefined) answer.add(answered);
  runtime.sessions.touch(session);
  return answer.finish();
}

/** Answers `initialize`, which alone needs no session and, if it goes well, gets one. */
function answerInitialize(message: JsonRpcRequest, { head, response }: Exchange, runtime: Runtime): Outcome {
  const { settings, steps, protocol, sessions } = runtime;
  const refusal = steps.http.checkProtocolVersion(head, settings);
  if (refusal !== undefined) return refusalReply(refusal, runtime, message.id);
  const initialized = protocol.initialize(message);
  // Without a session there is nothing that the ids of a stream's events could be unique in.
  if (initialized.kind === 'rejected') return jsonReply(200, steps.envelope.encode(initialized.response));
  const session = sessions.open(initialized.revision, initialized.client);
  if (session === undefined) return refusalReply(allTaken, runtime, message.id);
  const answer = openAnswer(response, session, runtime, { headers: steps.http.sessionHeaders(session) });
  answer.add(initialized.response);
  return answer.finish();
}

const brokenOff = refuse(400, 'The body ended too early.');

const allTaken = refuse(503, 'All sessions are taken; try again later.', {
  code: ErrorCode.internalError,
  headers: { 'Retry-After': '30' },
});
