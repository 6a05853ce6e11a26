import type { Json } from '../../spec/messages.ts';
import type { Transport } from '../../spec/revisions.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Session } from './conversation.ts';
import { type ServerRequest, serverRequests } from './jsonrpc-server-requests.ts';
import { sameJson } from './outcomes.ts';
import { isResuming, type TargetMessage, targetMessages } from './target-messages.ts';

/** A notifications/cancelled of the target's. */
export interface OwnCancellation {
  readonly said: TargetMessage;
  /** The id that it names, or undefined. */
  readonly requestId: Json | undefined;
}

/** The cancellations that the target sent in a session; replays left out. */
export function ownCancellations(session: Session): OwnCancellation[] {
  return session.exchanges
    .filter((exchange) => !isResuming(exchange))
    .flatMap((exchange) =>
      targetMessages(exchange).flatMap((said) => {
        const { value } = said.message;
        if (!isObject(value) || value.method !== 'notifications/cancelled') return [];
        return [{ said, requestId: isObject(value.params) ? value.params.requestId : undefined }];
      }),
    );
}

/** The exchange in which the harness answered a request of the target's, or undefined. */
export function replyTo({ id, said }: ServerRequest, session: Session): Exchange | undefined {
  return session.exchanges.find(
    ({ sent, startedAt }) =>
      startedAt >= said.message.at &&
      sent.some(
        ({ value }) =>
          isObject(value) && value.method === undefined && value.id !== undefined && sameJson(value.id, id),
      ),
  );
}

/** How long after a reply the target can be taken to have read it, in milliseconds. */
const SURELY_READ_MS = 500;

/** When the target surely knew the answer to its request; infinite where it never got one. */
export function knownAt(request: ServerRequest, session: Session, transport: Transport): number {
  const reply = replyTo(request, session);
  if (!reply) return Number.POSITIVE_INFINITY;
  const read = transport === 'streamable-http' ? reply.response?.at : reply.startedAt;
  return read === undefined ? Number.POSITIVE_INFINITY : read + SURELY_READ_MS;
}

/** The requests of the target's with an id, the last of them first. */
export function requestsNamed(id: Json, session: Session): ServerRequest[] {
  return serverRequests(session)
    .filter((request) => sameJson(request.id, id))
    .sort((a, b) => b.said.message.at - a.said.message.at);
}
