import { describe } from 'vitest';
import { holdsAgainst } from '../../invariants/testing/table.ts';
import { opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { accept } from './accept.ts';

const revision = '2025-11-25';
const posting = (Accept: string | null) => [{ ...opened({ revision }), headers: { Accept } }];
const getting = (Accept: string | null) => [
  { ...opened({ revision }) },
  { method: 'GET', headers: { Accept, 'Content-Type': null }, status: 405 },
];
const POST = 'http.accept.post #1';

describe('Accept of a POST', () => {
  holdsAgainst(accept, [
    { shows: 'both types', exchanges: posting('application/json, text/event-stream'), says: [`kept ${POST}`] },
    {
      shows: 'another spelling',
      exchanges: posting('TEXT/event-stream;q=0.9,Application/json ; q=1'),
      says: [`kept ${POST}`],
    },
    { shows: 'JSON only', exchanges: posting('application/json'), says: [`broken ${POST}`] },
    { shows: 'streams only', exchanges: posting('text/event-stream'), says: [`broken ${POST}`] },
    { shows: 'neither', exchanges: posting('text/html'), says: [`broken ${POST}`, `broken ${POST}`] },
    { shows: 'none', exchanges: posting(null), says: [`broken ${POST}`, `broken ${POST}`] },
    {
      shows: 'a weight of zero',
      exchanges: posting('application/json, text/event-stream;q=0.0'),
      says: [`broken ${POST}`],
    },
    { shows: 'a wildcard', exchanges: posting('*/*'), says: [`broken ${POST} (warn)`, `broken ${POST} (warn)`] },
    { shows: 'half a wildcard', exchanges: posting('application/json, text/*'), says: [`broken ${POST} (warn)`] },
  ]);
});

describe('Accept of a GET', () => {
  const GET = 'http.get.accept #2';
  holdsAgainst(accept, [
    { shows: 'streams', exchanges: getting('text/event-stream'), says: [`kept ${POST}`, `kept ${GET}`] },
    { shows: 'JSON only', exchanges: getting('application/json'), says: [`kept ${POST}`, `broken ${GET}`] },
    { shows: 'none', exchanges: getting(null), says: [`kept ${POST}`, `broken ${GET}`] },
    {
      shows: 'silence on a DELETE and on other addresses',
      exchanges: [opened({ revision }), { method: 'DELETE', headers: { Accept: null }, status: 200 }],
      says: [`kept ${POST}`],
    },
    {
      shows: 'silence on requests of 2026-07-28',
      exchanges: [
        {
          sent: request(1, 'server/discover', { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }),
          headers: { Accept: null },
          json: result(1),
        },
      ],
      says: [],
    },
  ]);
});
