import type { JsonRpcFailure, JsonRpcNotification, JsonRpcRequest, JsonRpcResponse } from '../spec/messages.ts';
import { askInSession } from './client/session-ask.ts';
import type { ClientFacts, Handler, Outlet } from './dispatch/context.ts';
import type { Methods } from './dispatch/dispatch.ts';
import { serve } from './dispatch/serve.ts';
import { ErrorCode, failure, ProtocolError, success } from './envelope/error.ts';
import { capabilitiesOf, type Feature, methodsOf } from './features/feature.ts';
import type { Log } from './log.ts';
import type { Revision } from './revisions.ts';
import type { Session } from './sessions/session.ts';
import type { Steps } from './steps.ts';

/** What came of `initialize`: a response, and what to open a session with if it is a result. */
export type Initialized =
  | { kind: 'accepted'; response: JsonRpcResponse; revision: Revision; client: ClientFacts }
  | { kind: 'rejected'; response: JsonRpcFailure };

/** The stateful revisions of MCP, whatever the transport: it brings messages and takes responses. */
export interface StatefulProtocol {
  /** Answers the request that opens a session. */
  initialize(request: JsonRpcRequest): Initialized;
  /** Answers a request of a session; undefined when the client cancelled it and so wants no answer. Never throws. */
  serve(request: JsonRpcRequest, session: Session, outlet: Outlet): Promise<JsonRpcResponse | undefined>;
  /** Takes a notification of a session. Unknown ones are ignored; none is ever answered. */
  notice(notification: JsonRpcNotification, session: Session): void;
  /** Takes the client's response to a request of the server. One that answers nothing is ignored. */
  settle(response: JsonRpcResponse, session: Session): void;
}

/** What the protocol is made of. */
export interface ProtocolParts {
  features: readonly Feature[];
  /** Newest first. */
  revisions: readonly [Revision, ...Revision[]];
  steps: Pick<Steps, 'lifecycle' | 'dispatch' | 'logging' | 'asking'>;
  /** Milliseconds a client has for an answer. */
  askTimeoutMs: number;
  log: Log;
}

/** Puts the protocol together from its features. */
export function createProtocol(parts: ProtocolParts): StatefulProtocol {
  const { features, revisions, steps, askTimeoutMs, log } = parts;
  const { lifecycle } = steps;
  const methods = new Map<Revision, Methods>(
    revisions.map((revision) => [
      revision,
      new Map<string, Handler>([
        ['ping', () => ({})],
        ['initialize', initializeAgain],
        ...methodsOf(features, revision),
      ]),
    ]),
  );

  return {
    initialize({ id, params }) {
      try {
        const { requested, client } = lifecycle.readInitialize(params ?? {});
        const revision = lifecycle.negotiate(requested, revisions);
        const result = lifecycle.initializeResult(revision, capabilitiesOf(features, revision));
        return { kind: 'accepted', response: success(id, result), revision, client };
      } catch (error) {
        if (!(error instanceof ProtocolError)) throw error;
        return { kind: 'rejected', response: failure(id, error.code, error.message, error.data) };
      }
    },

    async serve(request, session, outlet) {
      if (!session.initialized && request.method !== 'ping') {
        // Only the client is told not to do this, and over HTTP its request may overtake its notification.
        log({ event: 'request-before-initialized', session: session.label, method: request.method.slice(0, 80) });
      }
      const flight = session.inFlight.begin(request.id);
      if (flight === undefined) {
        return failure(request.id, ErrorCode.invalidRequest, 'A request with this id is in flight already.');
      }
      const { revision, client, audience, tasks, push } = session;
      return serve(request, {
        flight,
        methods: methods.get(session.revision) ?? new Map(),
        from: {
          session,
          revision,
          client,
          audience,
          tasks,
          ask: askInSession({ session, outlet, signal: flight.signal, timeoutMs: askTimeoutMs, asking: steps.asking }),
          log: (entry) => log({ session: session.label, ...entry }),
        },
        logLevel: () => session.logLevel,
        outlet,
        push,
        steps,
      });
    },

    notice({ method, params }, session) {
      if (method === 'notifications/cancelled') {
        steps.dispatch.cancel(params, session.inFlight, (entry) => log({ session: session.label, ...entry }));
      }
      if (method === 'notifications/initialized') {
        session.initialized = true;
        for (const tell of session.whenInitialized) tell();
        session.whenInitialized.clear();
      }
    },

    settle(response, session) {
      if (session.outgoing.settle(response)) return;
      log({ event: 'response-ignored', session: session.label });
      steps.asking.answerToNothing(response, session);
    },
  };
}

/** A session is opened once; what was agreed stays agreed. */
function initializeAgain(): never {
  throw new ProtocolError(ErrorCode.invalidRequest, 'This session is initialized already.');
}
