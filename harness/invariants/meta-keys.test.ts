import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { faultIn, metaKeys } from './meta-keys.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const trace = (value: Json, params: JsonObject = {}): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's' }),
  { session: 's', sent: request(1, 'tools/list', params), json: result(1, value) },
];
const kept = (...rules: string[]) => rules.map((rule) => `kept meta.${rule}-format #2`);

describe('keys in _meta', () => {
  holdsAgainst(metaKeys, [
    { shows: 'a plain key', exchanges: trace({ _meta: { cost: 1 } }), says: kept('name') },
    {
      shows: 'a key with a prefix, deep inside',
      exchanges: trace({ tools: [{ _meta: { 'com.example/cost': 1 } }] }),
      says: kept('name', 'label', 'prefix'),
    },
    {
      shows: 'a name that begins with an underscore',
      exchanges: trace({ _meta: { _cost: 1 } }),
      says: ['broken meta.name-format #2'],
    },
    {
      shows: 'a label that begins with a digit',
      exchanges: trace({ _meta: { '3d.example/cost': 1 } }),
      says: ['kept meta.name-format #2', 'broken meta.label-format #2', 'kept meta.prefix-format #2'],
    },
    {
      shows: 'a prefix with two dots',
      exchanges: trace({ _meta: { 'com..example/cost': 1 } }),
      says: ['kept meta.name-format #2', 'kept meta.label-format #2', 'broken meta.prefix-format #2'],
    },
    {
      shows: 'silence on keys that MCP gives',
      exchanges: trace({ _meta: { progressToken: 1, 'io.modelcontextprotocol/related-task': {} } }),
      says: [],
    },
    {
      shows: 'silence on keys that the client sent first',
      exchanges: trace({ _meta: { _odd: 1 } }, { _meta: { _odd: 1 } }),
      says: [],
    },
    {
      shows: 'silence on data of tools and on schemas',
      exchanges: trace({
        structuredContent: { _meta: { _odd: 1 } },
        tools: [{ inputSchema: { properties: { _meta: { _odd: {} } } } }],
      }),
      says: [],
    },
    {
      shows: 'silence on the values of keys',
      exchanges: trace({ _meta: { 'io.modelcontextprotocol/x': { _meta: { _odd: 1 } } } }),
      says: [],
    },
    { shows: 'silence where no revision was agreed', exchanges: trace({ _meta: { _cost: 1 } }).slice(1), says: [] },
  ]);

  it.each([
    ['', undefined],
    ['a', undefined],
    ['a_b-c.d', undefined],
    ['com.example/', undefined],
    ['com.ex-ample/a', undefined],
    ['a:b', undefined],
    ['com.example/a/b', undefined],
    ['-a', 'meta.name-format'],
    ['a.', 'meta.name-format'],
    ['com.example/_a', 'meta.name-format'],
    ['/a', 'meta.prefix-format'],
    ['.example/a', 'meta.prefix-format'],
    ['-example/a', 'meta.label-format'],
    ['exam_ple/a', 'meta.label-format'],
    ['example-/a', 'meta.label-format'],
  ])('%j breaks %s', (key, rule) => {
    expect(faultIn(key).rule).toBe(rule);
  });
});
