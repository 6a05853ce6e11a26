import { expect, it } from 'vitest';
import type { Json } from '../../../spec/messages.ts';
import {
  confirmed,
  opened,
  request,
  result,
  viewOf,
  type WrittenExchange,
} from '../../invariants/testing/trace-builder.ts';
import type { ClientCase } from '../case/client-case.ts';
import { judgeClientCase } from './judge-client-case.ts';

const CASE: ClientCase = {
  id: 'client.test',
  title: 'test',
  requires: ['page.opaque'],
  scenario: 'tools_call',
  context: {},
  server: {},
  example: { cursor: 'ü' },
  file: 'test.yaml',
  expect: [{ of: 'tools/list', that: { params: { properties: { cursor: { const: `\${cursor}` } } } } }],
};
const revision = '2025-11-25';
const OPENING = [opened({ revision, session: 's' }), confirmed({ session: 's' })];
const list = (cursor: Json) => ({ sent: request(1, 'tools/list', { cursor }), session: 's', json: result(1) });

function judge(
  changes: Partial<ClientCase>,
  exchanges: readonly WrittenExchange[],
  variables: { [name: string]: Json } = {},
) {
  const { trace } = viewOf(revision, exchanges);
  return judgeClientCase({ ...CASE, ...changes }, { ...trace, header: { ...trace.header, variables } });
}

it('judges each request that is selected', () => {
  expect(judge({}, [...OPENING, list('ü'), list('u')])).toMatchObject([
    { requirement: 'page.opaque', kind: 'kept', evidence: { exchange: 3 } },
    { requirement: 'page.opaque', kind: 'broken', evidence: { exchange: 4, path: 'params.cursor', actual: 'u' } },
  ]);
});

it('says nothing where nothing was selected, and what would change that', () => {
  expect(judge({ occasion: 'list tools' }, OPENING)).toEqual([
    {
      requirement: 'page.opaque',
      kind: 'skip',
      skip: 'not-verified',
      reason: 'nothing that the client sent exercised it; it would have to list tools',
    },
  ]);
});

it('counts requests, and tells how the client ended where too few came', () => {
  const expect_ = [{ of: 'tools/list', count: { minimum: 2 }, because: 'too few' }];
  const run = { how: 'exit', code: 1, stderr: 'Error: no' };
  expect(judge({ expect: expect_ }, [...OPENING, list('a'), list('b')])).toMatchObject([{ kind: 'kept' }]);
  expect(judge({ expect: expect_ }, [...OPENING, list('a')], { run })).toMatchObject([
    {
      kind: 'broken',
      message:
        'too few: the number of requests (tools/list) must be >= 2, was 1; the client ended with exit code 1, saying "Error: no"',
      evidence: { exchange: 3, path: 'count', actual: 1 },
    },
  ]);
});

it('judges count and content together', () => {
  const both = [{ of: 'tools/list', count: { minimum: 1 }, that: { session: { const: `\${session}` } } }];
  expect(judge({ expect: both }, [...OPENING, list('a')])).toMatchObject([{ kind: 'kept', evidence: { exchange: 3 } }]);
  expect(judge({ expect: both }, OPENING)).toMatchObject([{ kind: 'broken', evidence: { path: 'count' } }]);
});

it('judges only what fits its condition, and only in its revisions', () => {
  const when = [{ of: 'tools/list', when: { params: { required: ['x'] } }, that: { params: false } }];
  expect(judge({ expect: when }, [...OPENING, list('a')])).toMatchObject([{ kind: 'skip' }]);
  const old = [{ of: 'tools/list', revisions: '2025-03-26', that: { params: false } }];
  expect(judge({ expect: old }, [...OPENING, list('a')])).toMatchObject([{ kind: 'skip' }]);
});

it('knows how long after an answer a request came', () => {
  const waited = [
    { of: { method: 'tools/list', after: 'notifications/initialized' }, that: { waited: { minimum: 900 } } },
  ];
  expect(judge({ expect: waited }, [...OPENING, list('a')])).toMatchObject([{ kind: 'kept' }]);
  expect(judge({ expect: waited }, [...OPENING, { ...list('a'), at: 1_500 }])).toMatchObject([
    { kind: 'broken', evidence: { path: 'waited', actual: 480 } },
  ]);
});

it('limits the verdict where the case does', () => {
  const mild = [{ of: 'tools/list', that: { params: false }, atMost: 'warn' as const }];
  expect(judge({ expect: mild }, [...OPENING, list('a')])).toMatchObject([{ kind: 'broken', atMost: 'warn' }]);
});

it('is blocked where the client did not even begin', () => {
  const run = { how: 'exit', code: 1, stderr: 'Error: no' };
  expect(judge({}, [], { run })).toEqual([
    {
      requirement: 'page.opaque',
      kind: 'skip',
      skip: 'blocked',
      reason: 'the client sent no initialize in this case; the client ended with exit code 1, saying "Error: no"',
    },
  ]);
});

it('is blocked where the client was cut short', () => {
  const run = { how: 'stopped', stderr: '', stoppedFor: 'limit' };
  expect(judge({}, [...OPENING, list('u')], { run })).toMatchObject([{ kind: 'skip', skip: 'blocked' }]);
});

it('says nothing where the client gave no occasion for what the case has prepared', () => {
  const server = { answers: [{ to: 'tools/call', status: 404 }] };
  expect(judge({ server }, [...OPENING, list('u')])).toMatchObject([{ kind: 'skip', skip: 'not-verified' }]);
  const withGet = { answers: [{ to: 'GET', status: 405 }] };
  expect(judge({ server: withGet }, [...OPENING, list('u')])).toMatchObject([{ kind: 'broken' }]);
});

it('goes no further where an assumption does not hold', () => {
  const assume = [
    { of: 'tools/list', that: { session: { const: 't' } }, otherwise: 'blocked' as const, because: 'no' },
  ];
  expect(judge({ assume }, [...OPENING, list('u')])).toMatchObject([{ kind: 'skip', skip: 'blocked', reason: 'no' }]);
  const several = [{ of: 'tools/list', count: { minimum: 2 }, otherwise: 'not-verified' as const, because: 'few' }];
  expect(judge({ assume: several }, [...OPENING, list('u')])).toMatchObject([{ skip: 'not-verified', reason: 'few' }]);
});

it.each<[string, Json, string | null]>([
  ['follows-pages', { followsPages: false }, 'not-verified'],
  ['follows-pages', { followsPages: true }, null],
  ['reads-streams', { readsStreams: false }, 'blocked'],
  ['declares:roots', { capabilities: {} }, 'not-applicable'],
  ['declares:roots.listChanged', { capabilities: { roots: { listChanged: true } } }, null],
  ['lacks:roots', { capabilities: { roots: {} } }, 'not-applicable'],
  ['lacks:roots', { capabilities: {} }, null],
])('needs %s of %j', (need, client, skip) => {
  const [outcome] = judge({ needs: [need] }, [...OPENING, list('ü')], { client });
  expect(outcome).toMatchObject(skip === null ? { kind: 'kept' } : { kind: 'skip', skip });
});
