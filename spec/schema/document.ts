import { IsObject, IsRecord, IsRef, type TSchema } from 'typebox';
import type { Revision } from '../revisions.ts';
import { alters, applyLayer, type Definitions, definitionsOf, type Layer, type Topic } from './layers.ts';
import { TOPICS } from './topics.ts';

/** A JSON Schema document that holds definitions and nothing else. */
export type SchemaDocument =
  | { $schema: 'http://json-schema.org/draft-07/schema#'; definitions: Record<string, object> }
  | { $schema: 'https://json-schema.org/draft/2020-12/schema'; $defs: Record<string, object> };

/**
 * The message schemas of a revision as one JSON Schema document: draft-07 with `definitions` up to 2025-06-18, 2020-12
 * with `$defs` from then on. Its definitions are named as the official schema names them and accept what it accepts.
 */
export function schemaDocument(revision: Revision): SchemaDocument {
  return documentOf(TOPICS, revision);
}

/** The document that topics make of a revision. */
export function documentOf(topics: readonly Topic[], revision: Revision): SchemaDocument {
  const definitions = definitionsOf(topics, revision);
  if (revision < '2025-11-25') applyLayer(definitions, withoutEnvelopes(definitions), revision);
  const write = (pointer: string) =>
    Object.fromEntries(
      Object.entries(definitions)
        .filter(([name]) => isNamed(name, revision))
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, schema]) => [name, rendered(schema, { definitions, revision, pointer })]),
    );
  return revision < '2025-11-25'
    ? { $schema: 'http://json-schema.org/draft-07/schema#', definitions: write('#/definitions/') }
    : { $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: write('#/$defs/') };
}

/**
 * Up to 2025-06-18 the official schemas define a request or notification without its JSON-RPC members, and look at
 * `_meta` only in parameters that have nothing else.
 */
function withoutEnvelopes(definitions: Definitions): Layer {
  const generic = ['RequestParams', 'NotificationParams'];
  const layer: Layer = {};
  for (const [name, schema] of Object.entries(definitions)) {
    if (!IsObject(schema)) continue;
    if (/(Request|Notification)$/.test(name) && !name.startsWith('JSONRPC')) layer[name] = alters({}, 'jsonrpc', 'id');
    if (name.endsWith('Params') && !generic.includes(name)) layer[name] = alters({}, '_meta');
  }
  return layer;
}

/** Since when a definition stands in the official schema under a name; before, it is written out where it is used. */
const NAMED_SINCE: readonly (readonly [RegExp, Revision])[] = [
  [/^Annotations$/, '2025-03-26'],
  [/^ContentBlock$/, '2025-06-18'],
  [/Params$|^Error$|^SamplingMessageContentBlock$/, '2025-11-25'],
  [/MetaObject$|^JSONObject$/, '2026-07-28'],
];

function isNamed(name: string, revision: Revision): boolean {
  return NAMED_SINCE.every(([pattern, since]) => revision >= since || !pattern.test(name));
}

interface Rendering {
  definitions: Definitions;
  revision: Revision;
  /** What stands before the name in a `$ref`. */
  pointer: string;
}

/** A schema as JSON Schema: references point into the document, maps say `additionalProperties`. */
function rendered(schema: TSchema, rendering: Rendering): object {
  if (IsRef(schema)) {
    if (isNamed(schema.$ref, rendering.revision)) return { $ref: rendering.pointer + schema.$ref };
    const target = rendering.definitions[schema.$ref];
    if (target === undefined) throw new TypeError(`no definition ${schema.$ref} in ${rendering.revision}`);
    return rendered(target, rendering);
  }
  // TypeBox writes a map with a pattern that misses names with a line break.
  if (IsRecord(schema)) {
    const [values] = Object.values(schema.patternProperties);
    return { type: 'object', additionalProperties: rendered(values ?? {}, rendering) };
  }
  return Object.fromEntries(
    Object.entries(schema).map(([keyword, value]) => [keyword, renderedValue(value, rendering)]),
  );
}

function renderedValue(value: unknown, rendering: Rendering): unknown {
  if (Array.isArray(value)) return value.map((item) => renderedValue(item, rendering));
  return typeof value === 'object' && value !== null ? rendered(value, rendering) : value;
}
