import fc from 'fast-check';
import type { Json, JsonObject } from '../../../spec/messages.ts';

const id = fc.oneof(
  fc.integer(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom(0, -1, '', '0', Number.MAX_SAFE_INTEGER),
);

/** A JSON value that is not deep; member names never collide with those MCP gives a meaning. */
const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, false),
    fc.integer(),
    fc.string({ unit: 'grapheme' }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(
      fc.string().map((name) => `x${name}`),
      tie('value'),
      { maxKeys: 3 },
    ),
  ),
})).value;

const params = fc.dictionary(
  fc.string().map((name) => `x${name}`),
  value,
  { maxKeys: 3, noNullPrototype: true },
);

const method = fc.oneof(
  { weight: 2, arbitrary: fc.constant('ping') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }).map((name) => `assay/${name}`) },
);

const withParams = (base: fc.Arbitrary<JsonObject>): fc.Arbitrary<JsonObject> =>
  fc
    .tuple(base, fc.option(params, { nil: undefined }))
    .map(([message, given]) => (given === undefined ? message : { ...message, params: given }));

const request = withParams(fc.record({ jsonrpc: fc.constant<Json>('2.0'), id, method }, { noNullPrototype: true }));

const notification = withParams(
  fc.record(
    {
      jsonrpc: fc.constant<Json>('2.0'),
      method: fc.string({ unit: 'grapheme' }).map((name): Json => `notifications/assay/${name}`),
    },
    { noNullPrototype: true },
  ),
);

const response = fc
  .tuple(id, params, fc.boolean())
  .map(
    ([answered, body, ok]): JsonObject =>
      ok
        ? { jsonrpc: '2.0', id: `assay-${answered}`, result: body }
        : { jsonrpc: '2.0', id: `assay-${answered}`, error: { code: -32603, message: 'assay', data: body } },
  );

/** A message that JSON-RPC and MCP allow. */
export const validMessage: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: request },
  { weight: 2, arbitrary: notification },
  { weight: 1, arbitrary: response },
);

const wrong = fc.constantFrom<Json>(null, true, 0, 1.5, 'assay', [], {}, ['assay'], { assay: 1 });
const member = fc.constantFrom('jsonrpc', 'id', 'method', 'params', 'result', 'error');

/** A message that was valid before one member was dropped, replaced or added. */
export const brokenMessage: fc.Arbitrary<Json> = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(request, member, fc.option(wrong, { nil: undefined })).map(breakOnce) },
  { weight: 2, arbitrary: fc.tuple(notification, member, fc.option(wrong, { nil: undefined })).map(breakOnce) },
  { weight: 1, arbitrary: wrong },
);

/** Any message that is tried. */
export const messages: fc.Arbitrary<Json> = fc.oneof(validMessage, brokenMessage);

function breakOnce([message, name, replacement]: [JsonObject, string, Json | undefined]): Json {
  const { [name]: _, ...rest } = message;
  return replacement === undefined ? rest : { ...rest, [name]: replacement };
}
