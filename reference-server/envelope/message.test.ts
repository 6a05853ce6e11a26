import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { isRequestId, readMessage } from './message.ts';

describe('a request', () => {
  it.each<Json>([0, 1, -1, 9007199254740991, '', '1', 'ünï', '\ud800'])(
    'may have the id %j, of this very type',
    (id) => {
      expect(readMessage({ jsonrpc: '2.0', id, method: 'ping' })).toEqual({
        kind: 'request',
        message: { jsonrpc: '2.0', id, method: 'ping' },
      });
    },
  );

  it('keeps its params, whatever is in them', () => {
    const params = JSON.parse('{"__proto__":{"polluted":true},"constructor":1}');
    const read = readMessage({ jsonrpc: '2.0', id: 1, method: 'x', params });
    expect(read).toMatchObject({ kind: 'request' });
    expect(read.kind === 'request' && read.message.params).toEqual(params);
    expect({}).not.toHaveProperty('polluted');
  });

  it('has its members by their exact names, and others do not matter', () => {
    expect(readMessage({ jsonrpc: '2.0', id: 1, method: 'ping', Method: 'tools/list', extra: null })).toEqual({
      kind: 'request',
      message: { jsonrpc: '2.0', id: 1, method: 'ping' },
    });
  });
});

describe('a notification', () => {
  it('is a call without an id', () => {
    expect(readMessage({ jsonrpc: '2.0', method: 'x', params: {} })).toEqual({
      kind: 'notification',
      message: { jsonrpc: '2.0', method: 'x', params: {} },
    });
  });
});

describe('a response', () => {
  it.each<Json>([
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 'a', error: { code: -1, message: 'no', data: [1] } },
    { jsonrpc: '2.0', id: null, error: { code: -1, message: 'no' } },
    { jsonrpc: '2.0', error: { code: -1, message: 'no' } },
  ])('%j', (value) => {
    expect(readMessage(value)).toEqual({ kind: 'response', message: value });
  });
});

describe('what is no message', () => {
  it.each<[name: string, value: Json, id: Json | undefined]>([
    ['null', null, null],
    ['a number', 5, null],
    ['a string', 'x', null],
    ['an array', [], null],
    ['an empty object', {}, null],
    ['no jsonrpc', { id: 1, method: 'ping' }, 1],
    ['jsonrpc 1.0', { jsonrpc: '1.0', id: 1, method: 'ping' }, 1],
    ['jsonrpc as a number', { jsonrpc: 2, id: 'a', method: 'ping' }, 'a'],
    ['a null id', { jsonrpc: '2.0', id: null, method: 'ping' }, null],
    ['a fractional id', { jsonrpc: '2.0', id: 1.5, method: 'ping' }, null],
    ['an id that cannot be echoed', { jsonrpc: '2.0', id: 2 ** 53, method: 'ping' }, null],
    ['an object id', { jsonrpc: '2.0', id: {}, method: 'ping' }, null],
    ['a boolean id', { jsonrpc: '2.0', id: true, method: 'ping' }, null],
    ['a method that is a number', { jsonrpc: '2.0', id: 1, method: 1 }, 1],
    ['a method that is null', { jsonrpc: '2.0', method: null }, null],
    ['a method under another name', { jsonrpc: '2.0', id: 1, Method: 'ping' }, 1],
    ['params as an array', { jsonrpc: '2.0', id: 1, method: 'ping', params: [] }, 1],
    ['params as a scalar', { jsonrpc: '2.0', id: 1, method: 'ping', params: 'x' }, 1],
    ['params as null', { jsonrpc: '2.0', id: 1, method: 'ping', params: null }, 1],
    ['a method and a result', { jsonrpc: '2.0', id: 1, method: 'ping', result: {} }, 1],
    ['a notification with bad params', { jsonrpc: '2.0', method: 'x', params: [1] }, undefined],
    ['a notification without jsonrpc', { method: 'x' }, undefined],
    ['a result and an error', { jsonrpc: '2.0', id: 1, result: {}, error: { code: 1, message: '' } }, undefined],
    ['a result and a null error', { jsonrpc: '2.0', id: 1, result: {}, error: null }, undefined],
    ['a result that is no object', { jsonrpc: '2.0', id: 1, result: 1 }, undefined],
    ['a result without an id', { jsonrpc: '2.0', result: {} }, undefined],
    ['a result with a fractional id', { jsonrpc: '2.0', id: 0.5, result: {} }, undefined],
    ['an error that is no object', { jsonrpc: '2.0', id: 1, error: 'x' }, undefined],
    ['an error with a fractional code', { jsonrpc: '2.0', id: 1, error: { code: 1.5, message: '' } }, undefined],
    ['an error without a message', { jsonrpc: '2.0', id: 1, error: { code: 1 } }, undefined],
    ['an error with an object id', { jsonrpc: '2.0', id: {}, error: { code: 1, message: '' } }, undefined],
    ['a response without jsonrpc', { id: 1, result: {} }, undefined],
  ])('%s', (_name, value, id) => {
    const read = readMessage(value);
    expect(read).toMatchObject({ kind: 'invalid', problem: expect.stringMatching(/\.$/) });
    expect(read.kind === 'invalid' && read.id).toBe(id);
  });
});

it('tells ids from what are none', () => {
  expect([0, '', -5].every(isRequestId)).toBe(true);
  expect([null, undefined, 1.5, Number.NaN, true, [], {}].some(isRequestId)).toBe(false);
});
