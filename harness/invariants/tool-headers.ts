import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Invariant } from './invariant.ts';
import { type Page, pagesOf } from './listings.ts';
import { type Breach, condensed, judged, show } from './outcomes.ts';

const REQUIRES = [
  'http.param-header.def.non-empty',
  'http.param-header.def.no-control',
  'http.param-header.def.token',
  'http.param-header.def.unique',
  'http.param-header.def.primitive',
  'http.param-header.def.static-path',
  'http.param-header.designate',
] as const;
const [NON_EMPTY, NO_CONTROL, TOKEN, UNIQUE, PRIMITIVE, STATIC, DESIGNATE] = REQUIRES;

const KEYWORD = 'x-mcp-header';
/** Keywords whose value is a schema, a list of schemas, or an object of schemas that is not `properties`. */
const INNER = new Set(['items', 'contains', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else']);
const LISTED = new Set(['prefixItems', 'items', 'oneOf', 'anyOf', 'allOf']);
const NAMED = new Set(['$defs', 'definitions', 'patternProperties', 'dependentSchemas']);

/** An annotation, wherever it stands. */
interface Annotation {
  readonly value: Json;
  readonly schema: JsonObject;
  /** Whether only `properties` lead to it from the root. */
  readonly reachable: boolean;
  readonly path: string;
}

/** Which arguments tools want repeated in headers, and how they say so (2026-07-28, transports/streamable-http, "Schema Extension"). */
export const toolHeaders: Invariant = {
  id: 'invariant.tools.headers',
  title: 'tools want only such arguments repeated in headers as can be, each in a header of its own',
  occasion: 'tools with arguments that are to be repeated in headers',
  requires: REQUIRES,
  transports: ['streamable-http'],
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : pagesOf(view, 'tools/list', 'tools').flatMap((pages) => condensed(pages.flatMap(judgePage))),
};

function judgePage({ exchange, items }: Page): Outcome[] {
  return items.flatMap(({ item, path }) => {
    const found = annotationsIn(item.inputSchema, `${path}.inputSchema`);
    if (!found.length) return [];
    const texts = found.filter(({ value }) => typeof value === 'string');
    const says = (requirement: string, faulty: readonly Annotation[], why: string) =>
      judged(
        requirement,
        exchange,
        faulty.map(
          (one): Breach => ({
            message: `the tool ${show(item.name)} wants an argument repeated in a header ${why}: ${show(one.value)}`,
            path: one.path,
            actual: one.schema,
          }),
        ),
        true,
      );
    return [
      ...says(
        NON_EMPTY,
        found.filter(({ value }) => value === ''),
        'without a name',
      ),
      ...says(
        NO_CONTROL,
        texts.filter(({ value }) => hasControl(String(value))),
        'whose name has control characters',
      ),
      ...says(
        TOKEN,
        found.filter(({ value }) => value !== '' && !hasControl(String(value)) && !isToken(value)),
        'whose name no header can have',
      ),
      ...says(UNIQUE, repeated(texts), 'that repeats another argument already'),
      ...says(
        PRIMITIVE,
        found.filter(({ schema }) => isOfOtherType(schema.type)),
        'although it is no text, integer or boolean',
      ),
      ...says(
        STATIC,
        found.filter(({ reachable }) => !reachable),
        'that properties alone do not lead to',
      ),
      ...judged(DESIGNATE, exchange, [], true),
    ];
  });
}

function hasControl(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\u007f');
}

function isToken(value: Json): boolean {
  return typeof value === 'string' && /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(value);
}

function repeated(annotations: readonly Annotation[]): Annotation[] {
  const names = annotations.map(({ value }) => String(value).toLowerCase());
  return annotations.filter((_, index) => names.indexOf(names[index] ?? '') !== index);
}

/** A schema need not name its type; what it does not say is not held against it. */
function isOfOtherType(type: Json | undefined): boolean {
  return typeof type === 'string' && !['string', 'integer', 'boolean'].includes(type);
}

function annotationsIn(schema: Json | undefined, path: string, reachable = false, inside = true): Annotation[] {
  if (!isObject(schema)) return [];
  return Object.entries(schema).flatMap(([keyword, value]): Annotation[] => {
    const place = `${path}.${keyword}`;
    if (keyword === KEYWORD) return [{ value, schema, reachable, path }];
    if (Array.isArray(value)) return LISTED.has(keyword) ? partsIn(Object.entries(value), place, false) : [];
    if (!isObject(value)) return [];
    if (keyword === 'properties') return partsIn(Object.entries(value), place, inside);
    if (NAMED.has(keyword)) return partsIn(Object.entries(value), place, false);
    return INNER.has(keyword) ? annotationsIn(value, place, false, false) : [];
  });
}

function partsIn(parts: readonly [string, Json | undefined][], path: string, reachable: boolean): Annotation[] {
  return parts.flatMap(([name, part]) => annotationsIn(part, `${path}.${name}`, reachable, reachable));
}
