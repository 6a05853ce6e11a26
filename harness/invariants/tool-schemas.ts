import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import type { Invariant } from './invariant.ts';
import { type Page, pagesOf } from './listings.ts';
import { type Breach, judged, show } from './outcomes.ts';
import { danglingReference } from './schema-references.ts';
import { schemaFault } from './schema-validity.ts';

const REQUIRES = ['tools.input-schema-object', 'schema.valid'] as const;
const [OBJECT, VALID] = REQUIRES;

/** The schemas that tools declare (2025-11-25, tools, tool; basic, JSON Schema usage). */
export const toolSchemas: Invariant = {
  id: 'invariant.tools.schemas',
  title: 'each inputSchema is a schema of an object, and all schemas are valid in their dialect',
  occasion: 'tools',
  requires: REQUIRES,
  judge: (view) => pagesOf(view, 'tools/list', 'tools').flatMap((pages) => pages.flatMap(judgePage)),
};

function judgePage({ exchange, items }: Page): Outcome[] {
  const inputs = items.flatMap(({ item, path }) => inputFault(item, `${path}.inputSchema`));
  const schemas = items.flatMap(({ item, path }) =>
    ['inputSchema', 'outputSchema'].flatMap((member) => {
      const schema: Json | undefined = item[member];
      return isObject(schema) ? [{ schema, path: `${path}.${member}`, name: item.name }] : [];
    }),
  );
  const judgedSchemas = schemas.map((one) => ({ ...one, fault: schemaFault(one.schema) }));
  const invalid = judgedSchemas.flatMap(({ schema, path, name, fault }): Breach[] => {
    if (fault === null) return dangling(schema, path, name);
    if (fault === 'unknown-dialect') return [];
    return [
      { message: `a schema of the tool ${show(name)} is not valid in its dialect: ${fault}`, path, actual: schema },
    ];
  });
  return [
    ...judged(OBJECT, exchange, inputs, items.length > 0),
    ...judged(
      VALID,
      exchange,
      invalid,
      judgedSchemas.some(({ fault }) => fault === null),
    ),
  ];
}

/** By the meta-schema such a schema is valid, and yet nothing can be validated by it. */
function dangling(schema: JsonObject, path: string, name: Json | undefined): Breach[] {
  const reference = danglingReference(schema);
  if (reference === null) return [];
  const message = `a schema of the tool ${show(name)} refers to ${show(reference)}, where it has nothing`;
  return [{ message, path, actual: schema, atMost: 'warn' }];
}

function inputFault({ name, inputSchema }: JsonObject, path: string): Breach[] {
  const whose = `the inputSchema of the tool ${show(name)}`;
  if (!isObject(inputSchema)) {
    return [{ message: `${whose} must be a JSON Schema object, was ${show(inputSchema)}`, path, actual: inputSchema }];
  }
  if (inputSchema.type === 'object') return [];
  const message = `${whose} must have "type": "object", has ${show(inputSchema.type)}`;
  return [{ message, path: `${path}.type`, actual: inputSchema.type }];
}
