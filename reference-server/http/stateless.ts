import type { JsonRpcRequest } from '../../spec/messages.ts';
import { ErrorCode } from '../envelope/error.ts';
import type { Incoming } from '../envelope/message.ts';
import { isObject } from '../envelope/message.ts';
import { openAnswer } from './answer.ts';
import { type Exchange, type Outcome, type Runtime, refusalReply } from './exchange.ts';
import { jsonReply, refuse } from './reply.ts';

/** Answers one message of the stateless revisions (2026-07-28, basic/transports/streamable-http, "Sending Messages"). */
export async function answerStateless(incoming: Incoming, exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { http, envelope } = runtime.steps;
  const [revision] = runtime.stateless?.revisions ?? [];
  switch (incoming.kind) {
    case 'invalid': {
      const named = revision ?? '2026-07-28';
      return jsonReply(400, envelope.encode(envelope.invalidMessage(incoming.id, incoming.problem, named)));
    }
    case 'request':
      return answerRequest(incoming.message, exchange, runtime);
    case 'notification':
      // There is none that a client sends over HTTP; one that comes all the same does no harm.
      return http.acceptedReply();
    case 'response':
      return refusalReply(noResponses, runtime);
  }
}

/** Answers a message that belongs to the revisions with a handshake where none of those is spoken. */
export function answerWithoutHandshake(incoming: Incoming, runtime: Runtime): Outcome {
  const { steps, stateless } = runtime;
  if (incoming.kind !== 'request') return refusalReply(noVersion, runtime);
  const { message } = incoming;
  if (message.method !== 'initialize' || stateless === undefined) return refusalReply(noVersion, runtime, message.id);
  const response = stateless.refuseInitialize(message);
  return jsonReply(steps.http.statelessStatus(response), steps.envelope.encode(response));
}

/**
 * What is wrong decides in this order: what the request must say of itself, whether its header fields say the same, whether
 * the server has the revision and the method, and whether the fields repeat the arguments they have to.
 */
async function answerRequest(message: JsonRpcRequest, exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { head, response } = exchange;
  const { stateless, steps } = runtime;
  if (stateless === undefined) return refusalReply(noVersion, runtime, message.id);
  const read = stateless.read(message);
  if (read.kind === 'refused') return jsonReply(400, steps.envelope.encode(read.response));
  const { meta } = read;
  const mismatch = steps.http.checkMirrors(head, message, meta.version);
  if (mismatch !== undefined) return refusalReply(mismatch, runtime, message.id);
  const refused = stateless.check(message, meta);
  if (refused !== undefined) return jsonReply(steps.http.statelessStatus(refused), steps.envelope.encode(refused));
  const schema = message.method === 'tools/call' ? runtime.inputSchemaOf(String(message.params?.name)) : undefined;
  const args = isObject(message.params?.arguments) ? message.params.arguments : {};
  const unmirrored = schema === undefined ? undefined : steps.http.checkMirroredParameters(head, schema, args);
  if (unmirrored !== undefined) return refusalReply(unmirrored, runtime, message.id);

  const { inFlight } = runtime;
  const answer = openAnswer(response, runtime, { revision: stateless.revisions[0] ?? '2026-07-28' });
  // Ids are the clients' own, and nothing tells the clients apart.
  const key = runtime.nextKey();
  response.on('close', () => {
    if (!response.writableFinished) steps.http.statelessClientGone(inFlight, key);
  });
  const answered = await stateless.serve(message, meta, { outlet: answer, inFlight, key });
  if (answered !== undefined) answer.add(answered);
  return answer.finish();
}

/** What a request suffers when its client goes: it is cancelled ("Cancellation"). */
export function statelessClientGone(inFlight: Runtime['inFlight'], key: number): void {
  inFlight.stop(key, 'cancelled');
}

const noResponses = refuse(400, 'Servers ask nothing by requests, so there is nothing to respond to.');

const noVersion = refuse(
  400,
  'The field MCP-Protocol-Version is missing, or the params lack what the revision wants.',
  {
    code: ErrorCode.headerMismatch,
  },
);
