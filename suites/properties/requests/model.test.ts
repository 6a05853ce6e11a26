import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../spec/messages.ts';
import type { Kind } from './arbitraries.ts';
import { departure } from './model.ts';

const result = { status: 200, result: {} };
const refusal = (status: number, code: number): JsonObject => ({ status, error: { code, message: 'No' } });

const ALLOWED: [Kind, string, JsonObject][] = [
  ['served', 'a result', result],
  ['respelled', 'a result', result],
  ['unknown-method', '404', refusal(404, -32601)],
  [
    'unknown-method',
    '404 with a code that another rule is about',
    { status: 404, error: { code: '-32601', message: 'No' } },
  ],
  ['notification', 'a bare 202', { status: 202, body: '' }],
  ['notification', 'a refusal', { status: 400, body: '' }],
  ['header-mismatch', '400', refusal(400, -32020)],
  ['other-version', 'a mismatch', refusal(400, -32020)],
  ['other-version', 'a version that is not supported', refusal(400, -32022)],
  ['without-capabilities', '400', refusal(400, -32602)],
  ['broken', 'a refusal', { status: 400, body: '' }],
  ['broken', 'an error', refusal(200, -32600)],
  ['doubtful', 'a result', result],
];

const DEPARTURES: [Kind, string, JsonObject, string][] = [
  ['served', 'a refusal', refusal(400, -32602), 'discover.implemented'],
  ['respelled', 'a refusal', refusal(400, -32020), 'http.headers.case-insensitive'],
  ['served', 'a crash', { status: 500 }, 'jsonrpc.follows-2.0'],
  ['served', 'nothing', { ending: 'broken' }, 'jsonrpc.follows-2.0'],
  ['unknown-method', 'a result', result, 'http.unknown-method-404'],
  ['unknown-method', '200', refusal(200, -32601), 'http.unknown-method-404'],
  ['unknown-method', 'another code', refusal(404, -32600), 'http.unknown-method-404'],
  ['notification', '200', { status: 200, body: '' }, 'http.post.notification-202'],
  ['notification', 'a body', { status: 202, body: '{}' }, 'http.post.notification-202'],
  ['header-mismatch', 'a result', result, 'http.header-mismatch.reject'],
  ['header-missing', 'a result', result, 'http.header-mismatch.400-32020'],
  ['header-mismatch', 'another status', refusal(404, -32020), 'http.header-mismatch.400-32020'],
  ['header-mismatch', 'another code', refusal(400, -32600), 'http.header-mismatch.400-32020'],
  ['other-version', 'a result', result, 'http.protocol-version.mismatch-400'],
  ['without-capabilities', 'a result', result, 'meta.missing-32602'],
  ['without-capabilities', 'another status', refusal(200, -32602), 'meta.missing-400'],
  ['broken', '202', { status: 202, body: '' }, 'jsonrpc.follows-2.0'],
];

describe('a request of a kind', () => {
  it.each(ALLOWED)('%s may be answered: %s', (kind, _, seen) => {
    expect(departure(kind, seen)).toBeNull();
  });

  it.each(DEPARTURES)('%s may not be answered: %s', (kind, _, seen, requirement) => {
    expect(departure(kind, seen)).toMatchObject({ requirement, message: expect.stringMatching(/^\w/) });
  });

  it('that is wrong is little reason for an error of the server', () => {
    expect(departure('doubtful', { status: 500 })).toMatchObject({ atMost: 'warn' });
    expect(departure('doubtful', { ending: 'closed-by-harness' })).toBeNull();
  });
});
