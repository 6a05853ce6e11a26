/** What a test client can be told to do, as data. */
import Type, { type Static, type TSchema } from 'typebox';
import type { JsonObject } from '../../spec/messages.ts';

const CLOSED = { additionalProperties: false };
const MILLISECONDS = Type.Integer({ minimum: 1 });

/** How the action must end: `ok`, or the kind of failure that is due. Default: `ok`. */
const EXPECT = Type.Optional(
  Type.Enum([
    'ok',
    'protocol-error',
    'http',
    'timeout',
    'cancelled',
    'connection',
    'bad-message',
    'session-lost',
    'not-offered',
    'endless-list',
    'not-connected',
  ]),
);

/** The members of each action, by the name in its `do`. `actions` in `together` is checked action by action. */
export const ACTION_SCHEMAS = {
  /** Reads all pages of the tool list; with `ifOffered` only when the server declares tools. */
  'list-tools': Type.Object(
    {
      do: Type.Literal('list-tools'),
      ifOffered: Type.Optional(Type.Boolean()),
      timeoutMs: Type.Optional(MILLISECONDS),
      expect: EXPECT,
    },
    CLOSED,
  ),
  /** Calls a tool; asks for progress with `progress`, cancels the call after `cancelAfterMs`. */
  'call-tool': Type.Object(
    {
      do: Type.Literal('call-tool'),
      name: Type.String(),
      arguments: Type.Optional(Type.Unsafe<JsonObject>({ type: 'object' })),
      progress: Type.Optional(Type.Boolean()),
      cancelAfterMs: Type.Optional(MILLISECONDS),
      timeoutMs: Type.Optional(MILLISECONDS),
      expect: EXPECT,
    },
    CLOSED,
  ),
  ping: Type.Object({ do: Type.Literal('ping'), timeoutMs: Type.Optional(MILLISECONDS), expect: EXPECT }, CLOSED),
  /** Opens the GET stream; a server that offers none (405) is no failure. */
  'open-stream': Type.Object({ do: Type.Literal('open-stream'), expect: EXPECT }, CLOSED),
  /** Waits for one message from the server that no earlier `wait` took; it may have come before. */
  wait: Type.Object(
    {
      do: Type.Literal('wait'),
      for: Type.Enum(['notification', 'request']),
      method: Type.Optional(Type.String()),
      timeoutMs: Type.Optional(MILLISECONDS),
    },
    CLOSED,
  ),
  /** Does nothing for a while. */
  pause: Type.Object({ do: Type.Literal('pause'), ms: MILLISECONDS }, CLOSED),
  /** Does several actions at the same time. */
  together: Type.Object({ do: Type.Literal('together'), actions: Type.Array(Type.Unknown()) }, CLOSED),
} satisfies Record<string, TSchema>;

type Schemas = typeof ACTION_SCHEMAS;
type SingleAction = { [Name in Exclude<keyof Schemas, 'together'>]: Static<Schemas[Name]> }[Exclude<
  keyof Schemas,
  'together'
>];

/** One action. */
export type Action = SingleAction | { do: 'together'; actions: Action[] };
