import { describe } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { statelessResults } from './stateless-results.ts';
import { failure, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const revision = '2026-07-28';
const SERVER = { 'io.modelcontextprotocol/serverInfo': { name: 'tested', version: '0' } };
const DONE = { resultType: 'complete', _meta: SERVER };
const LISTED = { ...DONE, ttlMs: 0, cacheScope: 'public', tools: [] };

function asked(method: string, answer: Json, capabilities: JsonObject = {}, names: string = revision): WrittenExchange {
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': names,
    'io.modelcontextprotocol/clientCapabilities': capabilities,
  };
  return { sent: request(1, method, { _meta }), json: result(1, answer) };
}

const usual = ['kept jsonrpc.result.result-type #1', 'kept jsonrpc.result-type.allowed-set #1'];
const named = 'kept meta.server-info #1';
const hinted = ['kept cache.hints-present #1', 'kept cache.ttl-nonnegative #1'];
const elicit = { method: 'elicitation/create', params: {} };
const asking = (more: JsonObject) => ({ resultType: 'input_required', _meta: SERVER, ...more });

describe('a result without a handshake', () => {
  holdsAgainst(statelessResults, [
    {
      shows: 'all that it should say',
      revision,
      exchanges: [asked('tools/list', LISTED)],
      says: [...usual, named, ...hinted],
    },
    { shows: 'no hints where none are due', revision, exchanges: [asked('tools/call', DONE)], says: [...usual, named] },
    {
      shows: 'no type',
      revision,
      exchanges: [asked('tools/call', { _meta: SERVER })],
      says: ['broken jsonrpc.result.result-type #1', named],
    },
    {
      shows: 'a type that there is not',
      revision,
      exchanges: [asked('tools/call', { resultType: 'done', _meta: SERVER })],
      says: ['kept jsonrpc.result.result-type #1', 'broken jsonrpc.result-type.allowed-set #1', named],
    },
    {
      shows: 'no server',
      revision,
      exchanges: [asked('tools/call', { resultType: 'complete' })],
      says: [...usual, 'broken meta.server-info #1'],
    },
    {
      shows: 'no hints',
      revision,
      exchanges: [asked('server/discover', DONE)],
      says: [...usual, named, 'broken cache.hints-present #1', 'broken cache.hints-present #1'],
    },
    {
      shows: 'a time that has passed',
      revision,
      exchanges: [asked('tools/list', { ...LISTED, ttlMs: -1 })],
      says: [...usual, named, 'kept cache.hints-present #1', 'broken cache.ttl-nonnegative #1'],
    },
    {
      shows: 'a question that may be asked',
      revision,
      exchanges: [asked('tools/call', asking({ inputRequests: { a: elicit } }), { elicitation: {} })],
      says: [
        ...usual,
        named,
        'kept mrtr.only-supported-requests #1',
        'kept mrtr.at-least-one #1',
        'kept mrtr.value-types #1',
        'kept mrtr.only-declared #1',
      ],
    },
    {
      shows: 'a question to a client that cannot be asked',
      revision,
      exchanges: [asked('tools/call', asking({ inputRequests: { a: elicit } }))],
      says: [
        ...usual,
        named,
        'kept mrtr.only-supported-requests #1',
        'kept mrtr.at-least-one #1',
        'kept mrtr.value-types #1',
        'broken mrtr.only-declared #1',
      ],
    },
    {
      shows: 'a question that there is not',
      revision,
      exchanges: [asked('tools/call', asking({ inputRequests: { a: { method: 'ping' } } }))],
      says: [
        ...usual,
        named,
        'kept mrtr.only-supported-requests #1',
        'kept mrtr.at-least-one #1',
        'broken mrtr.value-types #1',
        'kept mrtr.only-declared #1',
      ],
    },
    {
      shows: 'a question that asks nothing, in answer to a list',
      revision,
      exchanges: [asked('tools/list', asking({}))],
      says: [...usual, named, 'broken mrtr.only-supported-requests #1', 'broken mrtr.at-least-one #1'],
    },
    {
      shows: 'silence on an error',
      revision,
      exchanges: [{ ...asked('tools/list', {}), json: failure(1) }],
      says: [],
    },
    {
      shows: 'silence on a request that names another revision',
      revision,
      exchanges: [asked('tools/list', {}, {}, '2025-11-25')],
      says: [],
    },
    { shows: 'silence where there is a handshake', exchanges: [asked('tools/list', {}, {}, '2025-11-25')], says: [] },
  ]);
});
