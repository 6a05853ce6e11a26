import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { capabilityFeatures } from './capability-features.ts';
import { failure, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = (offers: JsonObject) => opened({ revision: '2025-11-25', session: 's', offers });
const answers: { readonly [method: string]: JsonObject } = {
  'tools/list': { tools: [{ name: 'a', inputSchema: { type: 'object' } }] },
  'tools/call': { content: [] },
  'resources/templates/list': { resourceTemplates: [{ name: 'a', uriTemplate: 'a://{b}' }] },
  'resources/read': { contents: [{ uri: 'a://b', text: '' }] },
  'prompts/get': { messages: [{ role: 'user', content: { type: 'text', text: '' } }] },
  'completion/complete': { completion: { values: ['a'] } },
};
const asked = (method: string, value = answers[method] ?? {}): WrittenExchange => ({
  session: 's',
  sent: request(1, method),
  json: result(1, value),
});
const used = Object.keys(answers).map((method) => asked(method));
const rules = ['tools', 'tools', 'resources', 'resources', 'prompts', 'complete'];
const all = (verdict: string) => rules.map((area, at) => `${verdict} ${area}.capability #${at + 2}`);

describe('features', () => {
  holdsAgainst(capabilityFeatures, [
    {
      shows: 'declared ones',
      exchanges: [open({ tools: {}, resources: {}, prompts: {}, completions: {} }), ...used],
      says: all('kept'),
    },
    { shows: 'undeclared ones', exchanges: [open({}), ...used], says: all('broken') },
    {
      shows: 'silence on empty lists',
      exchanges: [
        open({}),
        asked('tools/list', { tools: [] }),
        asked('resources/list', { resources: [] }),
        asked('completion/complete', { completion: { values: [] } }),
      ],
      says: [],
    },
    {
      shows: 'silence on errors',
      exchanges: [
        open({}),
        { session: 's', sent: request(1, 'tools/list'), json: failure(1) },
        asked('tools/call', { content: [], isError: true }),
      ],
      says: [],
    },
    {
      shows: 'silence on logging/setLevel, of which no sentence speaks',
      exchanges: [open({}), asked('logging/setLevel', {})],
      says: [],
    },
    {
      shows: 'silence on methods with names like toString',
      exchanges: [open({}), asked('toString'), asked('constructor')],
      says: [],
    },
    {
      shows: 'silence under a header of another revision',
      exchanges: [open({}), ...used].map((one) => ({ ...one, headers: { 'MCP-Protocol-Version': '2025-06-18' } })),
      says: [],
    },
    { shows: 'silence where nobody knows what the server declared', exchanges: used, says: [] },
  ]);
});
