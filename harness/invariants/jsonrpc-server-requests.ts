import type { Json } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isShared } from '../survey/shared-session.ts';
import { isObject, isRequestId } from '../wire/json-rpc.ts';
import { conversationOf, type Session } from './conversation.ts';
import { copiesOf } from './copies.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { isNotificationMethod } from './jsonrpc-notifications.ts';
import { condensed, judged, show, textOf } from './outcomes.ts';
import { isResuming, type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'jsonrpc.request.id-not-null',
  'jsonrpc.request.id-type',
  'jsonrpc.request.id-unique-session',
] as const;
const [NOT_NULL, TYPE, UNIQUE] = REQUIRES;

/** A request that the target sent, well-formed or not. */
export interface ServerRequest {
  readonly said: TargetMessage;
  readonly id: Json;
  readonly method: string;
  readonly params: Json | undefined;
}

/** The requests that the target sent in a session, in the order of the exchanges; replays left out. */
export function serverRequests(session: Session): ServerRequest[] {
  return session.exchanges
    .filter((exchange) => !isResuming(exchange))
    .flatMap((exchange) =>
      targetMessages(exchange).flatMap((said) => {
        const { value } = said.message;
        if (!isObject(value) || typeof value.method !== 'string' || value.id === undefined) return [];
        if (isNotificationMethod(value.method) || 'result' in value || 'error' in value) return [];
        return [{ said, id: value.id, method: value.method, params: value.params }];
      }),
    );
}

/** Ids of the requests that the server sends. In the stateless era the rules bind clients only. */
export const jsonRpcServerRequests: Invariant = {
  id: 'invariant.jsonrpc.server-request-ids',
  title: 'a request of the server has an id of its own, a string or an integer',
  occasion: 'a request of the server to the client',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era === 'stateful'
      ? conversationOf(view).sessions.flatMap((session) => condensed(judgeSession(session, view)))
      : [],
};

function judgeSession(session: Session, view: TraceView): Outcome[] {
  const used = new Map<string, ServerRequest>();
  return serverRequests(session).flatMap((request) => {
    const { said, id, method } = request;
    const { exchange } = said;
    const path = `${said.path}.id`;
    if (id === null) {
      return judged(
        NOT_NULL,
        exchange,
        [{ message: `the request ${show(method)} has the id null`, path, actual: id }],
        true,
      );
    }
    const kept = judged(NOT_NULL, exchange, [], true);
    if (!isRequestId(id)) {
      const message = `the request ${show(method)} has the id ${show(id)}, which is neither a string nor an integer`;
      return [...kept, ...judged(TYPE, exchange, [{ message, path, actual: id }], true)];
    }
    return [...kept, ...judged(TYPE, exchange, [], true), ...judgeUse(request, used, session, view)];
  });
}

/** Without a session id or a connection that is the session there is nothing within which ids could be unique. */
function judgeUse(
  request: ServerRequest,
  used: Map<string, ServerRequest>,
  session: Session,
  view: TraceView,
): Outcome[] {
  if (session.id === null && view.trace.header.transport === 'streamable-http') return [];
  if (isShared(view.trace.header.variables)) return [];
  const { said, id } = request;
  const key = textOf(id);
  const earlier = used.get(key);
  used.set(key, request);
  if (!earlier) return judged(UNIQUE, said.exchange, [], used.size > 1);
  // the same message on a second stream is a broadcast
  if (copiesOf(view, said).some((copy) => copy.exchange === earlier.said.exchange)) return [];
  const message = `the id ${show(id)} was used for an earlier request of the server in this session`;
  return judged(UNIQUE, said.exchange, [{ message, path: `${said.path}.id`, actual: id }], true);
}
