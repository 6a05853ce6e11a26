import { type StatefulConnection, takeStateful } from '../connection/stateful.ts';
import { ErrorCode } from '../envelope/error.ts';
import type { Exchange, Outcome, Runtime } from '../http/exchange.ts';
import { refusalReply } from '../http/exchange.ts';
import { bodyOf } from '../http/post.ts';
import { type HttpReply, jsonReply, refuse } from '../http/reply.ts';
import type { StatefulProtocol } from '../protocol.ts';
import { revisionsFor } from '../revisions.ts';
import type { SseEvent } from '../sse/event.ts';
import type { Connection, LegacySse } from './connections.ts';

/** The parameter of the URL that says which connection a message belongs to. */
const PARAMETER = 'sessionId';

/** The event that opens a connection: where to send messages (2024-11-05, basic/transports, "HTTP with SSE"). */
export function endpointEvent(messagePath: string, id: string): SseEvent {
  return { event: 'endpoint', data: `${messagePath}?${PARAMETER}=${encodeURIComponent(id)}` };
}

/** The reply to a message that was taken; its answer, if it has one, comes on the stream. */
export function legacyAcceptedReply(): HttpReply {
  return { status: 202, headers: { 'Content-Length': '0' } };
}

/** Answers the GET that opens a connection: with a stream that stays open until either side has had enough. */
export function openConnection({ request, response }: Exchange, runtime: Runtime): Outcome {
  const { settings, steps, legacySse, sessions } = runtime;
  if (legacySse === undefined || legacySse.size >= settings.maxSessions) return refusalReply(allTaken, runtime);
  const { sse, envelope } = steps;
  const connection: Connection = {
    id: steps.sessions.newSessionId(),
    response,
    session: undefined,
    send(message) {
      sse.writeText(response, sse.encodeEvent({ event: 'message', data: envelope.encode(message) }));
    },
  };
  legacySse.add(connection);
  const alive = setInterval(() => sse.writeText(response, sse.keepAliveComment()), KEEP_ALIVE).unref();
  // A connection that nobody makes use of must not be kept for nothing.
  const unused = setTimeout(() => connection.session === undefined && response.end(), TIME_TO_INITIALIZE).unref();
  response.on('close', () => {
    clearInterval(alive);
    clearTimeout(unused);
    legacySse.remove(connection);
    const { session } = connection;
    if (session === undefined) return;
    steps.legacySse.connectionLost(session.inFlight);
    sessions.end(session, 'connection closed');
  });
  request.resume();
  response.writeHead(200, sse.streamHeaders());
  response.flushHeaders();
  sse.writeText(response, sse.encodeEvent(steps.legacySse.endpointEvent(settings.messagePath, connection.id)));
  return 'streaming';
}

/** Answers a POST of a message: at once, with nothing but that it was taken. */
export async function takeMessage(exchange: Exchange, runtime: Runtime): Promise<Outcome> {
  const { request } = exchange;
  const { steps, legacySse, legacyProtocol } = runtime;
  const found = connectionOf(request.url ?? '', legacySse);
  const body = await bodyOf(exchange, runtime);
  if ('kind' in body) return refusalReply(body, runtime);
  if (found === undefined || legacyProtocol === undefined) return refusalReply(unknown, runtime);
  const [revision = '2024-11-05'] = revisionsFor(runtime.settings.revisions, 'stateful', 'http-sse');
  const decoded = steps.envelope.decode(body.bytes, revision);
  if (decoded.kind !== 'one' || decoded.incoming.kind === 'invalid') {
    const [problem, id, code] =
      decoded.kind === 'undecodable'
        ? [decoded.problem, null, decoded.code]
        : decoded.kind === 'one' && decoded.incoming.kind === 'invalid'
          ? [decoded.incoming.problem, decoded.incoming.id, ErrorCode.invalidRequest]
          : ['Send one message a body.', null, ErrorCode.invalidRequest];
    return jsonReply(400, steps.envelope.encode(steps.envelope.invalidMessage(id, problem, revision, code)));
  }
  takeStateful(decoded.incoming, statefulOn(found, legacyProtocol, runtime)).catch((error: unknown) =>
    runtime.log({ event: 'message-failed', error: String(error) }),
  );
  return steps.legacySse.legacyAcceptedReply();
}

function statefulOn(connection: Connection, protocol: StatefulProtocol, runtime: Runtime): StatefulConnection {
  const { sessions, log } = runtime;
  return {
    protocol,
    get session() {
      return connection.session;
    },
    open(revision, client) {
      const session = sessions.open(revision, client);
      if (session === undefined) return false;
      session.push = (message) => connection.send(message);
      session.connected = true;
      connection.session = session;
      return true;
    },
    outlet: { canSend: true, send: (message) => connection.send(message) },
    send: (message) => connection.send(message),
    log,
  };
}

function connectionOf(target: string, legacySse: LegacySse | undefined): Connection | undefined {
  const query = target.includes('?') ? target.slice(target.indexOf('?')) : '';
  return legacySse?.find(new URLSearchParams(query).get(PARAMETER) ?? '');
}

/** Milliseconds a client has from connecting to `initialize`. */
const TIME_TO_INITIALIZE = 30_000;

/** Milliseconds between the signs of life on a quiet stream. */
const KEEP_ALIVE = 15_000;

const unknown = refuse(404, 'There is no such connection; open one with GET, and post to the endpoint that it names.');

const allTaken = refuse(503, 'All connections are taken; try again later.', {
  code: ErrorCode.internalError,
  headers: { 'Retry-After': '30' },
});
