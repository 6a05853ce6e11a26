import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';
import { toolHeaders } from './tool-headers.ts';

const revision = '2026-07-28';
const RULES = ['non-empty', 'no-control', 'token', 'unique', 'primitive', 'static-path'];
const text = (header: Json) => ({ type: 'string', 'x-mcp-header': header });

function listed(inputSchema: Json): WrittenExchange {
  const _meta = { 'io.modelcontextprotocol/protocolVersion': revision };
  const tools = [{ name: 'tool', inputSchema }];
  return { sent: request(1, 'tools/list', { _meta }), json: result(1, { resultType: 'complete', tools }) };
}

/** What is said of a list in which some rules are broken. */
const says = (...broken: string[]) => [
  ...RULES.map((rule) => `${broken.includes(rule) ? 'broken' : 'kept'} http.param-header.def.${rule} #1`),
  'kept http.param-header.designate #1',
];

const withProperties = (properties: Json) => listed({ type: 'object', properties });

describe('arguments that headers repeat', () => {
  holdsAgainst(toolHeaders, [
    { shows: 'none', revision, exchanges: [withProperties({ a: { type: 'string' } })], says: [] },
    {
      shows: 'good ones, one of them further down, and a property that is called like the keyword',
      revision,
      exchanges: [
        withProperties({
          a: text('Region'),
          b: { type: 'object', properties: { c: { type: 'integer', 'x-mcp-header': 'Level' } } },
          'x-mcp-header': { type: 'array' },
        }),
      ],
      says: says(),
    },
    { shows: 'no name', revision, exchanges: [withProperties({ a: text('') })], says: says('non-empty') },
    { shows: 'a line feed', revision, exchanges: [withProperties({ a: text('a\nb') })], says: says('no-control') },
    { shows: 'a space', revision, exchanges: [withProperties({ a: text('a b') })], says: says('token') },
    { shows: 'no text', revision, exchanges: [withProperties({ a: text(true) })], says: says('token') },
    {
      shows: 'one name twice',
      revision,
      exchanges: [withProperties({ a: text('Region'), b: text('REGION') })],
      says: says('unique'),
    },
    {
      shows: 'a number',
      revision,
      exchanges: [withProperties({ a: { type: 'number', 'x-mcp-header': 'N' } })],
      says: says('primitive'),
    },
    {
      shows: 'elements of a list',
      revision,
      exchanges: [withProperties({ a: { type: 'array', items: text('Region') } })],
      says: says('static-path'),
    },
    {
      shows: 'a property below a choice',
      revision,
      exchanges: [listed({ type: 'object', oneOf: [{ properties: { a: text('Region') } }] })],
      says: says('static-path'),
    },
    {
      shows: 'an earlier revision, which has no such headers',
      revision: '2025-11-25',
      exchanges: [withProperties({ a: text('') })],
      says: [],
    },
  ]);
});
