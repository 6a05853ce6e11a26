import type { JsonRpcMessage, JsonRpcRequest, JsonRpcResponse } from '../../spec/messages.ts';
import type { ClientFacts, Outlet } from '../dispatch/context.ts';
import { ErrorCode, failure, success } from '../envelope/error.ts';
import type { Incoming } from '../envelope/message.ts';
import type { Log } from '../log.ts';
import type { StatefulProtocol } from '../protocol.ts';
import type { Revision } from '../revisions.ts';
import type { Session } from '../sessions/session.ts';

/** A connection that is a session: what comes in on it, and what goes out on it, belongs to one client. */
export interface StatefulConnection {
  readonly protocol: StatefulProtocol;
  /** Undefined until `initialize` has opened it. */
  readonly session: Session | undefined;
  /** Opens the session; false when there is room for none. */
  open(revision: Revision, client: ClientFacts): boolean;
  readonly outlet: Outlet;
  send(message: JsonRpcMessage): void;
  readonly log: Log;
}

/** Takes one message that came in on a connection, and sends what is to be answered. */
export async function takeStateful(
  incoming: Exclude<Incoming, { kind: 'invalid' }>,
  connection: StatefulConnection,
): Promise<void> {
  const { protocol, session, log } = connection;
  if (incoming.kind === 'request') {
    const response = await answer(incoming.message, connection);
    if (response !== undefined) connection.send(response);
  } else if (session === undefined) {
    log({ event: 'message-before-initialize', kind: incoming.kind });
  } else if (incoming.kind === 'notification') {
    protocol.notice(incoming.message, session);
  } else {
    protocol.settle(incoming.message, session);
  }
}

/** The response to one request on a connection; undefined when the client wants none any more. */
export async function answer(
  request: JsonRpcRequest,
  connection: StatefulConnection,
): Promise<JsonRpcResponse | undefined> {
  const { protocol, session, outlet } = connection;
  if (session !== undefined) return protocol.serve(request, session, outlet);
  if (request.method === 'ping') return success(request.id, {});
  if (request.method !== 'initialize') {
    return failure(request.id, ErrorCode.invalidRequest, 'Send "initialize" before anything else.');
  }
  const initialized = protocol.initialize(request);
  if (initialized.kind === 'rejected') return initialized.response;
  if (connection.open(initialized.revision, initialized.client)) return initialized.response;
  return failure(request.id, ErrorCode.internalError, 'All sessions are taken; try again later.');
}
