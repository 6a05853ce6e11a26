import fc from 'fast-check';
import type { HeaderChanges } from '../../../harness/session/client.ts';
import type { Json, JsonObject } from '../../../spec/messages.ts';

/** What a request is to a server that has no handshake: how it may be answered follows from that. */
export type Kind =
  | 'served'
  | 'respelled'
  | 'unknown-method'
  | 'notification'
  | 'header-missing'
  | 'header-mismatch'
  | 'other-version'
  | 'without-capabilities'
  | 'broken'
  | 'doubtful';

/** One generated message, with what is changed about the headers and the `_meta` that would be right for it. */
export interface Asking {
  readonly kind: Kind;
  readonly message: Json;
  readonly headers: HeaderChanges;
  /** Members of `_meta` to add or (null) leave out. */
  readonly meta: JsonObject;
}

const DISCOVER = 'server/discover';
const METHOD = 'Mcp-Method';
const VERSION = 'MCP-Protocol-Version';

const id: fc.Arbitrary<Json> = fc.oneof(
  fc.integer(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(0, -1, '', '0', Number.MAX_SAFE_INTEGER),
);

/** A name that collides with none that MCP gives a meaning. */
const ownName = fc.string({ unit: fc.constantFrom(...'abcdxyz019') }).map((name) => `x${name}`);
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, 0, 1.5, '', [], {}, { x: { x: [null] } }),
  fc.string({ unit: 'grapheme' }),
);
const members = fc.dictionary(ownName, value, { maxKeys: 3, noNullPrototype: true });
/** What a client may say besides, under a prefix of its own. */
const ownMeta = members.map((own) =>
  Object.fromEntries(Object.entries(own).map(([name, one]) => [`assay.invalid/${name}`, one ?? 0])),
);

const unknown = fc.string({ unit: fc.constantFrom(...'abcXYZ-_.0') }).map((name) => `assay/${name}`);

/** A request whose parts are all right. */
const request = (method: fc.Arbitrary<string>): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(id, method, fc.option(members, { nil: undefined }))
    .map(([given, name, params]) => ({ jsonrpc: '2.0', id: given, method: name, ...(params ? { params } : {}) }));

const discover = request(fc.constant(DISCOVER));

/** A header's name with some of its letters in the other case. */
const spelled = (name: string): fc.Arbitrary<string> =>
  fc
    .array(fc.boolean(), { minLength: name.length, maxLength: name.length })
    .map((turns) => [...name].map((letter, at) => (turns[at] ? turned(letter) : letter)).join(''));

function turned(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}

const plain = { headers: {}, meta: {} };

const served = fc.tuple(discover, ownMeta, fc.oneof(fc.constant(METHOD), spelled(METHOD)), fc.boolean()).map(
  ([message, meta, name, anonymous]): Asking => ({
    kind: name === METHOD ? 'served' : 'respelled',
    message,
    headers: { [name]: DISCOVER },
    meta: { ...meta, ...(anonymous ? { 'io.modelcontextprotocol/clientInfo': null } : {}) },
  }),
);

const notification = fc.tuple(ownName, fc.option(members, { nil: undefined })).map(
  ([name, params]): Asking => ({
    kind: 'notification',
    message: { jsonrpc: '2.0', method: `notifications/assay/${name}`, ...(params ? { params } : {}) },
    ...plain,
  }),
);

const otherMethod = fc.oneof(
  fc.constantFrom<string | null>(null, null, '', 'tools/list', 'SERVER/DISCOVER', 'server/discove', 'server/discover/'),
  unknown,
);

const wrong = fc.constantFrom<Json>(null, true, 0, 1.5, 'assay', [], {}, ['assay'], { assay: 1 });

/** A request to which something happened to one member; `kind` says whether every reader must object. */
const damaged = fc
  .tuple(discover, fc.constantFrom('jsonrpc', 'id', 'method', 'result'), fc.option(wrong, { nil: undefined }))
  .map(([message, name, replacement]): Asking => {
    const { [name]: _, ...rest } = message;
    const made: JsonObject = replacement === undefined ? rest : { ...rest, [name]: replacement };
    const broken = typeof made.method !== 'string' && made.result === undefined;
    return { kind: broken ? 'broken' : 'doubtful', message: made, headers: { [METHOD]: DISCOVER }, meta: {} };
  });

/** Requests and notifications at a revision without a handshake: right ones, and such as one thing is wrong with. */
export const asking: fc.Arbitrary<Asking> = fc.oneof(
  { weight: 3, arbitrary: served },
  { weight: 2, arbitrary: request(unknown).map((message): Asking => ({ kind: 'unknown-method', message, ...plain })) },
  { weight: 1, arbitrary: notification },
  {
    weight: 3,
    arbitrary: fc.tuple(discover, otherMethod).map(
      ([message, name]): Asking => ({
        kind: name ? 'header-mismatch' : 'header-missing',
        message,
        headers: { [METHOD]: name },
        meta: {},
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(discover, fc.constantFrom('2025-11-25', '2025-06-18', '1999-01-01', 'assay'))
      .map(([message, name]): Asking => ({ kind: 'other-version', message, headers: { [VERSION]: name }, meta: {} })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(discover, ownMeta).map(
      ([message, meta]): Asking => ({
        kind: 'without-capabilities',
        message,
        headers: {},
        meta: { ...meta, 'io.modelcontextprotocol/clientCapabilities': null },
      }),
    ),
  },
  { weight: 3, arbitrary: damaged },
  {
    weight: 1,
    arbitrary: wrong.map(
      (message): Asking => ({
        kind: Array.isArray(message) ? 'doubtful' : 'broken',
        message,
        headers: { [METHOD]: DISCOVER },
        meta: {},
      }),
    ),
  },
);
