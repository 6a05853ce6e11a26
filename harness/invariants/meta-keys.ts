import type { Json } from '../../spec/messages.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, judged, show } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

const REQUIRES = ['meta.name-format', 'meta.label-format', 'meta.prefix-format'] as const;
const [NAME, LABEL, PREFIX] = REQUIRES;

/** Names of the keys in every `_meta` that is MCP's: those in a tool's own data mean nothing here. */
export const metaKeys: Invariant = {
  id: 'invariant.meta.keys',
  title: 'keys in _meta have a well-formed name and, if any, a well-formed prefix',
  occasion: 'a _meta object with keys in messages of the server',
  requires: REQUIRES,
  judge: (view) => {
    const conversation = conversationOf(view);
    return conversation.exchanges.flatMap((exchange) => {
      if (!speaksRevision(view, exchange)) return [];
      const keys = ownKeys(exchange, conversation.sessionOf(exchange));
      const faults = keys.map(({ key, path }) => ({ key, path, ...faultIn(key) }));
      const breaches = (rule: string): Breach[] =>
        faults.flatMap(({ key, path, rule: broken, message }) =>
          broken === rule ? [{ message: `the _meta key ${show(key)} ${message}`, path, actual: key }] : [],
        );
      const prefixed = keys.some(({ key }) => key.includes('/'));
      return [
        ...judged(NAME, exchange, breaches(NAME), keys.length > 0),
        ...judged(LABEL, exchange, breaches(LABEL), prefixed),
        ...judged(PREFIX, exchange, breaches(PREFIX), prefixed),
      ];
    });
  },
};

/** What a key breaks, and how; of several ways to tell prefix and name apart the one that suits the target counts. */
export function faultIn(key: string): { rule?: string; message?: string } {
  const slashes = [...key].flatMap((character, at) => (character === '/' ? [at] : []));
  const readings = slashes.length
    ? [slashes[0] ?? 0, slashes.at(-1) ?? 0].map((at) => [key.slice(0, at), key.slice(at + 1)])
    : [[null, key]];
  const faults = readings.map(([prefix = null, name = '']) => prefixFault(prefix) ?? nameFault(name ?? ''));
  return faults.includes(null) ? {} : (faults[0] ?? {});
}

function prefixFault(prefix: string | null): { rule: string; message: string } | null {
  if (prefix === null) return null;
  const labels = prefix.split('.');
  if (labels.includes('')) return { rule: PREFIX, message: 'has a prefix that is no series of labels joined by dots' };
  const odd = labels.find((label) => !/^[a-z](?:[a-z0-9-]*[a-z0-9])?$/i.test(label));
  if (odd === undefined) return null;
  return {
    rule: LABEL,
    message: `has the label ${show(odd)}, which is not made of a letter, then letters, digits and hyphens`,
  };
}

function nameFault(name: string): { rule: string; message: string } | null {
  if (name === '' || /^[a-z0-9](?:.*[a-z0-9])?$/is.test(name)) return null;
  return { rule: NAME, message: 'has a name that does not begin and end with a letter or digit' };
}

/** Members that hold data of tools, users and extensions, or schemas: nothing in there is a `_meta` of MCP's. */
const FOREIGN = new Set([
  'arguments',
  'data',
  'experimental',
  'extensions',
  'input',
  'inputSchema',
  'metadata',
  'outputSchema',
  'requestedSchema',
  'structuredContent',
]);

const sentKeys = new WeakMap<Session, ReadonlySet<string>>();

/** Every key in a `_meta` that is MCP's, with its value, in what the target said. */
export function placedKeys(exchange: Exchange): PlacedKey[] {
  return targetMessages(exchange).flatMap(({ message, path }) => keysIn(message.value, path));
}

/** Keys that the target chose: neither MCP's own nor such as the client sent first. */
export function ownKeys(exchange: Exchange, session: Session): PlacedKey[] {
  const found = placedKeys(exchange);
  if (!found.length) return [];
  const sent = sentKeys.get(session) ?? keysSentIn(session);
  sentKeys.set(session, sent);
  return found.filter(
    ({ key }) => !sent.has(key) && key !== 'progressToken' && !key.startsWith('io.modelcontextprotocol/'),
  );
}

function keysSentIn({ exchanges }: Session): ReadonlySet<string> {
  const messages = exchanges.flatMap(({ sent }) => sent.map(({ value }) => value));
  return new Set(messages.flatMap((value) => keysIn(value, '').map(({ key }) => key)));
}

/** A key of a `_meta`, its value, and the place of the `_meta` in the observation. */
export interface PlacedKey {
  readonly key: string;
  readonly value: Json;
  readonly path: string;
}

/** No message of MCP's has a `_meta` so deep down; what lies deeper is somebody's data. */
const DEEPEST = 30;

function keysIn(value: Json, path: string, depth = 0): PlacedKey[] {
  if (depth > DEEPEST) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => keysIn(item, `${path}.${index}`, depth + 1));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([member, inner]) => {
    if (member === '_meta') {
      if (!isObject(inner)) return [];
      return Object.entries(inner).map(([key, held]) => ({ key, value: held, path: `${path}._meta` }));
    }
    return FOREIGN.has(member) ? [] : keysIn(inner, `${path}.${member}`, depth + 1);
  });
}
