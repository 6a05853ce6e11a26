import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf } from '../../spec/revisions.ts';
import { observe } from '../judge/observation.ts';
import type { RunSetting } from '../run/run-setting.ts';
import type { Client } from '../session/client.ts';
import { confirmSession, connect, openSession } from '../session/open-session.ts';
import { requestMeta, withMeta } from '../session/request-metadata.ts';
import { type Exchange, exchangeIn, exchangesOf, type ReceivedMessage } from '../trace/exchange.ts';
import type { Recorder } from '../trace/trace.ts';
import type { openPool } from '../transport/pool.ts';
import { mediaTypeOf } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';

/** Of the time that a step may take, what a server that answers with JSON has for it. */
const PATIENCE = 0.4;

/** What all clients of a try-out share. */
export interface Stage extends RunSetting {
  readonly pool: ReturnType<typeof openPool>;
  readonly recorder: Recorder;
  /** When no new request is begun any more, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** A request with its answer. */
export interface Asked {
  readonly exchange: Exchange;
  readonly result: Json | undefined;
  readonly error: Json | undefined;
}

/** A client that declares all it may, in a session of its own, and answers what it is asked. */
export interface Talk {
  /** Whether the server issued a session id. */
  readonly session: boolean;
  /** Sends a request and waits for its response; null when the time of the try-out is up. */
  ask(method: string, params?: JsonObject): Promise<Asked | null>;
  /** Opens the stream on which a server may speak unasked, where there is one. */
  listen(): Promise<void>;
  /** All that this client has received so far. */
  heard(): readonly ReceivedMessage[];
  close(): Promise<void>;
}

/** Opens a session as a client that can do everything; null when the server does not let it. */
export async function openTalk(name: string, stage: Stage): Promise<Talk | null> {
  const { target, revision, recorder } = stage;
  const stateful = factsOf(revision).era === 'stateful';
  let patience: number | undefined;
  const capabilities = everyCapability(revision);
  const client = connect(name, target, { ...stage, capabilities, answers: ANSWERS });
  const close = () => client.close();
  if (stateful) {
    const opening = exchangeIn(recorder.events, await openSession(client));
    if (!opening || observe(opening).result === undefined) {
      await close();
      return null;
    }
    await confirmSession(client);
    // who answers with JSON can ask nothing on the way, and a tool of theirs that would wait for the answer waits in vain
    if (mediaTypeOf(opening.response?.headers ?? []) === 'application/json') patience = stage.limits.stepMs * PATIENCE;
  }
  return {
    session: client.sessionId !== null,
    close,
    ask: (method, params) =>
      ask(client, stage, withMeta(request(client, method, params), requestMeta(revision, capabilities)), patience),
    listen: async () => {
      if (client.sessionId !== null) await client.send({ step: 0, method: 'GET', keepOpen: true });
    },
    heard: () =>
      exchangesOf({ header: { ...HEADER, revision }, events: [...recorder.events] })
        .filter((exchange) => exchange.client === name)
        .flatMap(({ payload }) => payload.messages),
  };
}

const HEADER = {
  version: 1,
  case: 'try-out',
  side: 'server',
  transport: 'streamable-http',
  target: '',
  startedAt: '',
  variables: {},
} as const;

function request(client: Client, method: string, params?: JsonObject): JsonObject {
  return { jsonrpc: '2.0', id: client.nextId(), method, ...(params ? { params } : {}) };
}

async function ask(
  client: Client,
  { recorder, deadline }: Stage,
  message: Json,
  patience?: number,
): Promise<Asked | null> {
  if (performance.now() > deadline || !isObject(message)) return null;
  const body = Buffer.from(JSON.stringify(message));
  const sent = await client.send({
    step: 0,
    method: 'POST',
    body,
    awaits: [message.id ?? null],
    ...(patience === undefined ? {} : { patience }),
  });
  const exchange = exchangeIn(recorder.events, sent);
  if (!exchange) return null;
  const { result, error } = observe(exchange);
  return { exchange, result, error };
}

function everyCapability(revision: string): JsonObject {
  const elicitation = revision >= '2025-06-18' ? { elicitation: {} } : {};
  const sampling = revision >= '2025-11-25' ? { tools: {} } : {};
  return { roots: { listChanged: true }, sampling, ...elicitation };
}

/** What the client answers to the questions of a server; a form is filled in by its schema. */
const ANSWERS: { readonly [method: string]: JsonObject } = {
  'sampling/createMessage': {
    role: 'assistant',
    content: { type: 'text', text: 'Hello.' },
    model: 'assay',
    stopReason: 'endTurn',
  },
  'elicitation/create': { action: 'accept' },
  'roots/list': { roots: [{ uri: 'file:///assay.invalid', name: 'assay' }] },
};
