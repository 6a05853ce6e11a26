import { randomBytes } from 'node:crypto';
import type { JsonRpcFailure, JsonRpcRequest, JsonRpcResponse, RequestId } from '../../spec/messages.ts';
import { createAudience } from '../audience/audience.ts';
import type { Handler, Outlet, RequestContext } from '../dispatch/context.ts';
import type { Methods } from '../dispatch/dispatch.ts';
import type { InFlight } from '../dispatch/in-flight.ts';
import { serve } from '../dispatch/serve.ts';
import { ErrorCode, failure, ProtocolError, quoted, success } from '../envelope/error.ts';
import { capabilitiesOf, type Feature, methodsOf } from '../features/feature.ts';
import type { Log } from '../log.ts';
import type { Catalogue } from '../resources/catalogue.ts';
import { isSupported, type Revision } from '../revisions.ts';
import type { Steps } from '../steps.ts';
import { TaskStore } from '../tasks/store.ts';
import { listenHandler } from './listen.ts';
import type { RequestMeta } from './meta.ts';
import type { Redeemed } from './redeemed.ts';
import { finishResult } from './result.ts';
import { askByRetry } from './retry-ask.ts';
import { Subscriptions } from './subscriptions.ts';

/** The stateless revisions of MCP, whatever the transport: every request says all there is to know. */
export interface StatelessProtocol {
  /** The revisions that can be spoken this way, newest first. */
  readonly revisions: readonly Revision[];
  /** The error for an `initialize`: what is spoken, so that whoever runs the client can find out (2026-07-28, basic/versioning). */
  refuseInitialize(request: JsonRpcRequest): JsonRpcFailure;
  /** Reads what a request says of itself, or gives the error for one that does not. */
  read(request: JsonRpcRequest): { kind: 'read'; meta: RequestMeta } | { kind: 'refused'; response: JsonRpcFailure };
  /** The error for a revision or a method that the server does not have; undefined if it has both. */
  check(request: JsonRpcRequest, meta: RequestMeta): JsonRpcFailure | undefined;
  /**
   * Answers a request that has been read and checked; undefined when nobody wants the answer any more.
   *
   * @param key by which it can be stopped
   */
  serve(
    request: JsonRpcRequest,
    meta: RequestMeta,
    way: { outlet: Outlet; inFlight: InFlight; key: RequestId },
  ): Promise<JsonRpcResponse | undefined>;
  /** Stops all tasks. What is in flight is stopped by whoever put it there. */
  close(): void;
}

/** What the protocol is made of. */
export interface StatelessParts {
  features: readonly Feature[];
  catalogue: Catalogue;
  /** All revisions that the server speaks, and those of them that are stateless, newest first. */
  all: readonly Revision[];
  revisions: readonly Revision[];
  /** So many subscriptions can be open at once, and so many tasks be kept. */
  mostSubscriptions: number;
  steps: Pick<Steps, 'stateless' | 'dispatch' | 'logging' | 'asking' | 'mrtr' | 'subscriptions' | 'changes' | 'tasks'>;
  log: Log;
}

const LISTEN = 'subscriptions/listen';

/** Puts the protocol together from its features. */
export function createStatelessProtocol(parts: StatelessParts): StatelessProtocol {
  const { features, catalogue, all, revisions, mostSubscriptions, steps, log } = parts;
  const { stateless } = steps;
  const key = randomBytes(32);
  const redeemed: Redeemed = new Map();
  const subscriptions = new Subscriptions({ ...steps.subscriptions, ...steps.changes, ...steps.tasks });
  const audience = createAudience((change) => subscriptions.announce(change));
  const tasks = new TaskStore(mostSubscriptions);
  tasks.onChange((task) => subscriptions.announceTask(task));
  const tables = new Map<Revision, Methods>(
    revisions.map((revision) => {
      const capabilities = capabilitiesOf(features, revision);
      const discover: Handler = () => stateless.discoverResult(all, capabilities);
      return [revision, new Map([['server/discover', discover], ...methodsOf(features, revision)])];
    }),
  );
  const tableFor = (version: string): Methods | undefined => (isSupported(version) ? tables.get(version) : undefined);

  const contextFrom = (request: JsonRpcRequest, revision: Revision, { client }: RequestMeta) => ({
    session: undefined,
    revision,
    client,
    audience,
    tasks,
    ask: askByRetry({ request, revision, capabilities: client.capabilities, key, redeemed, steps }),
    log,
  });

  /** A subscription that the server stops has come to its end, and not to harm ("Graceful Closure"). */
  const dispatchOfListen = (outlet: Outlet): Steps['dispatch'] => ({
    ...steps.dispatch,
    responseToStopped(request, reason) {
      if (reason === 'cancelled') return steps.dispatch.responseToStopped(request, reason);
      if (outlet.shared) outlet.send(steps.subscriptions.cancelledByServer(request.id));
      return success(request.id, steps.subscriptions.subscriptionEnded(request.id));
    },
  });

  return {
    revisions,

    refuseInitialize({ id, params }) {
      const requested = typeof params?.protocolVersion === 'string' ? params.protocolVersion : '';
      return stateless.unsupportedVersion(id, requested, all);
    },

    read(request) {
      try {
        return { kind: 'read', meta: stateless.readMeta(request.params ?? {}) };
      } catch (error) {
        return { kind: 'refused', response: failureFor(request.id, error) };
      }
    },

    check({ id, method }, { version }) {
      const table = tableFor(version);
      if (table === undefined) return stateless.unsupportedVersion(id, version, supportedFor(version, all, revisions));
      if (table.has(method) || method === LISTEN) return undefined;
      return failure(id, ErrorCode.methodNotFound, `There is no method ${quoted(method)}.`);
    },

    async serve(request, meta, { outlet, inFlight, key: flightKey }) {
      const flight = inFlight.begin(flightKey, request.method === LISTEN);
      if (flight === undefined) {
        return failure(request.id, ErrorCode.invalidRequest, 'A request with this id is in flight already.');
      }
      const { version } = meta;
      if (!isSupported(version)) throw new RangeError('serve() was called for a request that check() refuses.');
      let from: Omit<RequestContext, 'signal' | 'progress' | 'tell' | 'leave'>;
      try {
        from = contextFrom(request, version, meta);
      } catch (error) {
        flight.finish();
        return failureFor(request.id, error);
      }
      const listening = { subscriptions, catalogue, most: mostSubscriptions, steps };
      const methods =
        request.method === LISTEN
          ? new Map([[LISTEN, listenHandler(request, outlet, listening)]])
          : (tableFor(version) ?? new Map());
      const response = await serve(request, {
        flight,
        methods,
        from,
        logLevel: () => meta.logLevel,
        outlet,
        // What the response stream cannot carry is not sent at all.
        push: () => {},
        steps: request.method === LISTEN ? { ...steps, dispatch: dispatchOfListen(outlet) } : steps,
      });
      if (response === undefined || !('result' in response)) return response;
      return success(request.id, finishResult(request.method, response.result, version, stateless));
    },

    close: () => tasks.clear(),
  };
}

/**
 * The revisions to offer to a client that asked for one that cannot be spoken this way: all, but not the one it asked for,
 * which can be spoken only after `initialize`.
 */
function supportedFor(version: string, all: readonly Revision[], stateless: readonly Revision[]): readonly Revision[] {
  return isSupported(version) && all.includes(version) ? stateless : all;
}

/** The error for a revision that the server does not speak (2026-07-28, basic/versioning, "Protocol Version Negotiation"). */
export function unsupportedVersion(id: RequestId, requested: string, supported: readonly Revision[]): JsonRpcFailure {
  return failure(id, ErrorCode.unsupportedProtocolVersion, 'This server does not speak the revision asked for.', {
    supported: [...supported],
    requested,
  });
}

function failureFor(id: RequestId, error: unknown): JsonRpcFailure {
  if (error instanceof ProtocolError) return failure(id, error.code, error.message, error.data);
  return failure(id, ErrorCode.internalError, 'The server failed to handle this request.');
}
