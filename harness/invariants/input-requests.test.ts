import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { inputRequests } from './input-requests.ts';
import { repeatedKeys } from './raw-keys.ts';
import { request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const revision = '2026-07-28';
function answered(result: string, params: JsonObject = {}): WrittenExchange {
  const _meta = { 'io.modelcontextprotocol/protocolVersion': revision };
  return {
    sent: request(1, 'tools/call', { ...params, _meta }),
    body: `{"jsonrpc":"2.0","id":1,"result":${result}}`,
    type: 'application/json',
  };
}
const asks = (members: string) => `{"resultType":"input_required",${members}}`;
const kept = (...rules: string[]) => rules.map((rule) => `kept ${rule} #1`);

describe('a result that asks for input', () => {
  holdsAgainst(inputRequests, [
    {
      shows: 'a question to the user and a state',
      revision,
      exchanges: [answered(asks('"inputRequests":{"a":{"method":"elicitation/create"}},"requestState":"x"'))],
      says: kept('mrtr.keys-unique', 'mrtr.input-requests-optional', 'mrtr.state-optional', 'elicit.via-mrtr'),
    },
    {
      shows: 'one key for two questions, however it is spelled',
      revision,
      exchanges: [answered(asks('"inputRequests":{"a":{"method":"roots/list"},"\\u0061":{"method":"roots/list"}}'))],
      says: ['broken mrtr.keys-unique #1', 'kept mrtr.input-requests-optional #1'],
    },
    {
      shows: 'a state alone, in answer to a retry',
      revision,
      exchanges: [answered(asks('"requestState":"x"'), { inputResponses: {} })],
      says: kept('mrtr.state-optional', 'mrtr.repeat'),
    },
    { shows: 'silence on other results', revision, exchanges: [answered('{"resultType":"complete"}')], says: [] },
  ]);
});

describe('keys that come twice', () => {
  it.each([
    ['{"a":{"b":1,"b":2}}', ['b']],
    ['{"a":{"b":{"c":1},"c":{"c":1}},"b":1,"b":2}', []],
    ['{"a":[{"b":1},{"b":1}],"c":"{\\"b\\":1,\\"b\\":1"}', []],
    ['[{"a":{"b":[1,{"x":1}],"b":{}}}]', ['b']],
  ])('in the member "a" of %s', (text, keys) => {
    expect(repeatedKeys(text, 'a')).toEqual(keys);
  });
});
