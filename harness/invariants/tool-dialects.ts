import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Invariant } from './invariant.ts';
import { type Page, pagesOf } from './listings.ts';
import { judged, show } from './outcomes.ts';

const REQUIRES = ['schema.recommend-2020-12', 'schema.explicit-dialect'] as const;
const [RECOMMENDED, EXPLICIT] = REQUIRES;

/** The dialect of the schemas that tools declare (2025-11-25, basic, JSON Schema usage). */
export const toolDialects: Invariant = {
  id: 'invariant.tools.dialects',
  title: 'schemas are written in JSON Schema 2020-12',
  occasion: 'tools',
  requires: REQUIRES,
  judge: (view) => pagesOf(view, 'tools/list', 'tools').flatMap((pages) => pages.flatMap(judgePage)),
};

/** One warning for a page: a server that writes one schema in another dialect mostly writes them all so. */
function judgePage({ exchange, items }: Page): Outcome[] {
  const schemas = items.flatMap(({ item, path }) =>
    ['inputSchema', 'outputSchema'].flatMap((member) => {
      const schema: Json | undefined = item[member];
      return isObject(schema) ? [{ schema, path: `${path}.${member}.$schema`, name: item.name }] : [];
    }),
  );
  const [other] = schemas.filter(({ schema }) => isOtherDialect(schema));
  const breaches = other
    ? [
        {
          message: `a schema of the tool ${show(other.name)} is in ${show(other.schema.$schema)}, not in JSON Schema 2020-12`,
          path: other.path,
          actual: other.schema.$schema,
        },
      ]
    : [];
  return [
    ...judged(RECOMMENDED, exchange, breaches, schemas.length > 0),
    ...judged(EXPLICIT, exchange, [], other !== undefined),
  ];
}

/** A schema that names no dialect is one of 2020-12. */
function isOtherDialect({ $schema }: JsonObject): boolean {
  return typeof $schema === 'string' && !/^https?:\/\/json-schema\.org\/draft\/2020-12\/schema#?$/.test($schema);
}
