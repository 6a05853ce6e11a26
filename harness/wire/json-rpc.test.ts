import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { type EnvelopeFault, isObject, isRequestId, readEnvelope } from './json-rpc.ts';

const V = { jsonrpc: '2.0' };
const ERROR = { code: -32600, message: 'no' };

describe('well-formed messages', () => {
  const messages: [string, Json, object][] = [
    ['request', { ...V, id: 1, method: 'ping' }, { kind: 'request', id: 1, method: 'ping', params: undefined }],
    ['request with id 0', { ...V, id: 0, method: 'ping' }, { kind: 'request', id: 0 }],
    ['request with empty id', { ...V, id: '', method: 'ping' }, { kind: 'request', id: '' }],
    ['request with an empty method', { ...V, id: 1, method: '' }, { kind: 'request', method: '' }],
    ['request with params', { ...V, id: 1, method: 'ping', params: { a: 1 } }, { kind: 'request', params: { a: 1 } }],
    ['request with params by position', { ...V, id: 1, method: 'ping', params: [1] }, { kind: 'request', params: [1] }],
    ['request with members of its own', { ...V, id: 1, method: 'ping', extra: 1 }, { kind: 'request' }],
    ['notification', { ...V, method: 'notifications/x' }, { kind: 'notification', method: 'notifications/x' }],
    ['success', { ...V, id: 'a', result: {} }, { kind: 'success', id: 'a', result: {} }],
    ['success with a null result', { ...V, id: 1, result: null }, { kind: 'success', result: null }],
    ['failure', { ...V, id: 1, error: ERROR }, { kind: 'failure', id: 1, error: ERROR }],
    ['failure with id null', { ...V, id: null, error: ERROR }, { kind: 'failure', id: null }],
    ['failure without id', { ...V, error: ERROR }, { kind: 'failure', id: undefined }],
    ['failure with data', { ...V, id: 1, error: { ...ERROR, data: [1] } }, { kind: 'failure' }],
  ];
  it.each(messages)('%s', (_, message, expected) => {
    expect(readEnvelope(message)).toMatchObject(expected);
  });
});

describe('faults', () => {
  const broken: [string, Json, EnvelopeFault[]][] = [
    ['a number', 5, ['not-an-object']],
    ['null', null, ['not-an-object']],
    ['a text', 'ping', ['not-an-object']],
    ['an array', [{ ...V, id: 1, method: 'ping' }], ['not-an-object']],
    ['no version', { id: 1, method: 'ping' }, ['jsonrpc-not-2.0']],
    ['version 1.0', { jsonrpc: '1.0', id: 1, method: 'ping' }, ['jsonrpc-not-2.0']],
    ['a number as version', { jsonrpc: 2, id: 1, method: 'ping' }, ['jsonrpc-not-2.0']],
    ['a number as method', { ...V, id: 1, method: 5 }, ['method-not-a-string']],
    ['null as method', { ...V, id: 1, method: null }, ['method-not-a-string']],
    ['a text as params', { ...V, id: 1, method: 'ping', params: 'a' }, ['params-not-structured']],
    ['null as params', { ...V, id: 1, method: 'ping', params: null }, ['params-not-structured']],
    ['null as id of a request', { ...V, id: null, method: 'ping' }, ['id-null-on-request']],
    ['a fraction as id', { ...V, id: 1.5, method: 'ping' }, ['id-of-wrong-type']],
    ['an object as id', { ...V, id: {}, method: 'ping' }, ['id-of-wrong-type']],
    ['a boolean as id', { ...V, id: true, result: {} }, ['id-of-wrong-type']],
    ['an array as id of a failure', { ...V, id: [1], error: ERROR }, ['id-of-wrong-type']],
    ['a success without id', { ...V, result: {} }, ['id-missing-on-success']],
    ['a success with id null', { ...V, id: null, result: {} }, ['id-missing-on-success']],
    ['result and error', { ...V, id: 1, result: {}, error: ERROR }, ['result-and-error']],
    ['neither method nor result nor error', { ...V, id: 1 }, ['neither-result-nor-error']],
    ['an empty object', {}, ['jsonrpc-not-2.0', 'neither-result-nor-error']],
    ['a method on a success', { ...V, id: 1, method: 'ping', result: {} }, ['method-on-response']],
    ['a text as error', { ...V, id: 1, error: 'no' }, ['error-not-an-object']],
    ['null as error', { ...V, id: 1, error: null }, ['error-not-an-object']],
    ['an error without code', { ...V, id: 1, error: { message: 'no' } }, ['error-without-code']],
    ['an error without message', { ...V, id: 1, error: { code: 1 } }, ['error-without-message']],
    ['a fraction as code', { ...V, id: 1, error: { code: 1.5, message: '' } }, ['error-code-not-integer']],
    ['a text as code', { ...V, id: 1, error: { code: '1', message: '' } }, ['error-code-not-integer']],
    ['a number as message', { ...V, id: 1, error: { code: 1, message: 1 } }, ['error-message-not-string']],
    ['an empty error', { ...V, id: 1, error: {} }, ['error-without-code', 'error-without-message']],
    [
      'many faults at once',
      { id: {}, method: 5, params: 5 },
      ['jsonrpc-not-2.0', 'method-not-a-string', 'params-not-structured', 'id-of-wrong-type'],
    ],
    [
      'many faults of a response at once',
      { id: {}, method: 'ping', result: {}, error: { code: 'a', message: null } },
      [
        'jsonrpc-not-2.0',
        'method-on-response',
        'result-and-error',
        'id-of-wrong-type',
        'error-code-not-integer',
        'error-message-not-string',
      ],
    ],
  ];
  it.each(broken)('%s', (_, message, faults) => {
    expect(readEnvelope(message)).toEqual({ kind: 'broken', faults });
  });

  it('are all in this table', () => {
    const all: Record<EnvelopeFault, true> = {
      'not-an-object': true,
      'jsonrpc-not-2.0': true,
      'method-not-a-string': true,
      'params-not-structured': true,
      'id-null-on-request': true,
      'id-of-wrong-type': true,
      'id-missing-on-success': true,
      'result-and-error': true,
      'neither-result-nor-error': true,
      'method-on-response': true,
      'error-not-an-object': true,
      'error-without-code': true,
      'error-without-message': true,
      'error-code-not-integer': true,
      'error-message-not-string': true,
    };
    expect(new Set(broken.flatMap(([, , faults]) => faults))).toEqual(new Set(Object.keys(all)));
  });
});

it('takes members for the message only where they are its own', () => {
  expect(readEnvelope({ ...V, id: 1, method: 'constructor' })).toMatchObject({ kind: 'request' });
  expect(readEnvelope(JSON.parse('{"__proto__": {"jsonrpc": "2.0", "method": "ping"}}'))).toMatchObject({
    kind: 'broken',
  });
});

it.each([
  ['text', true],
  ['', true],
  [0, true],
  [-1, true],
  [Number.MAX_SAFE_INTEGER, true],
  [1.5, false],
  [Number.NaN, false],
  [null, false],
  [undefined, false],
  [true, false],
  [{}, false],
])('isRequestId(%j) is %s', (value, expected) => {
  expect(isRequestId(value)).toBe(expected);
});

it.each([
  [{}, true],
  [[], false],
  [null, false],
  ['a', false],
  [undefined, false],
])('isObject(%j) is %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
});
