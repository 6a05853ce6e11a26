import { describe } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { sampledMessages } from './sampled-messages.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const TOOLS = { sampling: { tools: {} } };
const sampled = (messages: Json[], more: JsonObject = {}, declares: JsonObject = TOOLS): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's', declares }),
  {
    session: 's',
    sent: request(1, 'tools/call'),
    events: [{ data: request('q', 'sampling/createMessage', { messages, ...more }) }],
  },
];
const text = { type: 'text', text: 'Hello.' };
const use = (id: string) => ({ type: 'tool_use', id, name: 'tool', input: {} });
const done = (toolUseId: string) => ({ type: 'tool_result', toolUseId, content: [text] });
const user = (...content: Json[]) => ({ role: 'user', content: content.length === 1 ? (content[0] ?? null) : content });
const model = (...content: Json[]) => ({ role: 'assistant', content });
const MAY = 'kept sampling.tools-only-if-declared #2';
const BALANCE = 'sampling.tool-balance #2';
const ALONE = 'sampling.tool-results-alone #2';

describe('what a server has sampled', () => {
  holdsAgainst(sampledMessages, [
    { shows: 'a text', exchanges: sampled([user(text)]), says: [MAY] },
    {
      shows: 'tools for a client that did not declare them',
      exchanges: sampled([user(text)], { tools: [] }, { sampling: {} }),
      says: ['broken sampling.tools-only-if-declared #2'],
    },
    {
      shows: 'two uses with their results',
      exchanges: sampled([user(text), model(text, use('1'), use('2')), user(done('2'), done('1'))]),
      says: [MAY, `kept ${BALANCE}`, `kept ${ALONE}`],
    },
    {
      shows: 'one use without its result',
      exchanges: sampled([model(use('1'), use('2')), user(done('2'))]),
      says: [MAY, `broken ${BALANCE}`, `kept ${ALONE}`],
    },
    {
      shows: 'a result that comes too late',
      exchanges: sampled([model(use('1')), user(text), user(done('1'))]),
      says: [MAY, `broken ${BALANCE}`, `kept ${ALONE}`],
    },
    { shows: 'a use at the end', exchanges: sampled([model(use('1'))]), says: [MAY, `broken ${BALANCE}`] },
    {
      shows: 'a text beside a result',
      exchanges: sampled([model(use('1')), user(done('1'), text)]),
      says: [MAY, `kept ${BALANCE}`, `broken ${ALONE}`],
    },
    ...[user(text), { role: 'system', content: text }, { role: 'user' }].map((message, index) => ({
      shows: `a message of the stateless era: ${JSON.stringify(message)}`,
      revision: '2026-07-28' as const,
      exchanges: [
        {
          sent: request(1, 'tools/call', {
            _meta: {
              'io.modelcontextprotocol/protocolVersion': '2026-07-28',
              'io.modelcontextprotocol/clientCapabilities': TOOLS,
            },
          }),
          json: result(1, {
            resultType: 'input_required',
            inputRequests: { a: { method: 'sampling/createMessage', params: { messages: [message] } } },
          }),
        },
      ],
      says: ['kept sampling.tools-only-if-declared #1', `${index === 0 ? 'kept' : 'broken'} sampling.message-role #1`],
    })),
  ]);
});
