import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { REVISIONS } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import { serverInvariants } from './server-invariants.ts';
import { viewOf, type WrittenExchange } from './testing/trace-builder.ts';

/** Long enough for a busy machine; nothing is said of speed. */
const PATIENCE_MS = 120_000;

const json = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>;
const method = fc.constantFrom(
  'initialize',
  'tools/list',
  'tools/call',
  'resources/list',
  'resources/read',
  'prompts/get',
  'completion/complete',
  'elicitation/create',
  'sampling/createMessage',
  'notifications/initialized',
  'notifications/progress',
  'notifications/message',
  'notifications/cancelled',
  'constructor',
);
const list = fc.array(
  fc.record({ name: json, uri: json, inputSchema: json, type: json, blob: json, _meta: json }, { requiredKeys: [] }),
);
const inside = fc.record(
  {
    tools: list,
    resources: list,
    contents: list,
    messages: list,
    content: list,
    progressToken: json,
    progress: json,
    _meta: json,
    capabilities: json,
    protocolVersion: fc.oneof(json, fc.constantFrom(...REVISIONS)),
  },
  { requiredKeys: [] },
);
const message = fc.oneof(
  json,
  fc.record(
    {
      jsonrpc: fc.constantFrom('2.0', '1.0', 2),
      id: fc.oneof(fc.constantFrom(1, '1', null), json),
      method: fc.oneof(method, json),
      params: fc.oneof(inside, json),
      result: fc.oneof(inside, json),
      error: fc.oneof(fc.record({ code: json, message: json }), json),
    },
    { requiredKeys: [] },
  ),
) as fc.Arbitrary<Json>;
const body = fc.oneof(message, fc.array(message, { maxLength: 3 })) as fc.Arbitrary<Json>;
const event = fc.record(
  {
    event: fc.constantFrom('message', 'ping', 'endpoint'),
    id: fc.constantFrom('', '1', '2'),
    data: fc.oneof(body, fc.string()),
  },
  { requiredKeys: [] },
);
const exchange = fc.record(
  {
    client: fc.constantFrom('a', 'b'),
    session: fc.constantFrom('s', 't'),
    method: fc.constantFrom('POST', 'GET', 'DELETE'),
    headers: fc.constantFrom({ 'Last-Event-ID': '1' }, { 'MCP-Protocol-Version': null }),
    sent: body,
    status: fc.constantFrom(0, 200, 202, 400, 404),
    type: fc.constantFrom('application/json', 'text/event-stream', 'text/html', null),
    issues: fc.constantFrom('s', 't', ''),
    json: body,
    body: fc.oneof(fc.string(), fc.uint8Array()),
    events: fc.array(event, { maxLength: 5 }),
    end: fc.constantFrom('complete' as const, 'broken' as const, null),
  },
  { requiredKeys: ['sent'] },
) as fc.Arbitrary<WrittenExchange>;

describe('invariants over whatever a hostile target sends', () => {
  it(
    'never throw, speak only of what they name, and say of a rule and exchange either kept, once, or broken',
    () => {
      fc.assert(
        fc.property(fc.constantFrom(...REVISIONS), fc.array(exchange, { maxLength: 6 }), (revision, exchanges) => {
          const view = viewOf(revision, exchanges);
          for (const { id, requires, judge } of serverInvariants) {
            const outcomes = judge(view);
            expect(
              outcomes.filter(({ requirement }) => !requires.includes(requirement)),
              id,
            ).toEqual([]);
            expect(unclear(outcomes), id).toEqual([]);
          }
        }),
        { numRuns: 300 },
      );
    },
    PATIENCE_MS,
  );

  it.each([
    '{"jsonrpc":"2.0","id":DEEP,"result":{}}',
    '{"jsonrpc":"2.0","id":1,"result":DEEP}',
    '{"jsonrpc":"2.0","method":DEEP}',
    'DEEP',
  ])('bear %s nested deeper than the stack', (text) => {
    const deep = text.replace('DEEP', `${'[{"a":'.repeat(10_000)}1${'}]'.repeat(10_000)}`);
    const sent = { jsonrpc: '2.0', id: 1, method: 'tools/list' };
    const exchanges = [
      { sent, type: 'application/json', body: deep },
      { sent, events: [{ data: deep }, { data: deep }] },
    ];
    const view = viewOf('2025-11-25', exchanges);
    expect(serverInvariants.flatMap((invariant) => invariant.judge(view)).length).toBeGreaterThan(0);
  });
});

/** Rules and exchanges that are said to be kept twice, or kept as well as broken. */
function unclear(outcomes: readonly Outcome[]): string[] {
  const places = outcomes.flatMap((one) =>
    one.kind === 'skip' ? [] : [{ place: `${one.requirement} #${one.evidence.exchange}`, kind: one.kind }],
  );
  const broken = new Set(places.filter(({ kind }) => kind === 'broken').map(({ place }) => place));
  const kept = places.filter(({ kind }) => kind === 'kept').map(({ place }) => place);
  return kept.filter((place, at) => broken.has(place) || kept.indexOf(place) !== at);
}
