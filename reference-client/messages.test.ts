import { expect, it } from 'vitest';
import { encodeMessage, notification, request, withProgressToken } from './messages.ts';

it('leaves out params that are not given', () => {
  expect(request('a', 'ping')).toEqual({ jsonrpc: '2.0', id: 'a', method: 'ping' });
  expect(notification('x')).toEqual({ jsonrpc: '2.0', method: 'x' });
});

it('adds a progress token to whatever metadata is there', () => {
  expect(withProgressToken(undefined, 1)).toEqual({ _meta: { progressToken: 1 } });
  const params = { name: 'a', _meta: { 'example.com/x': true } };
  expect(withProgressToken(params, 't')).toEqual({ name: 'a', _meta: { 'example.com/x': true, progressToken: 't' } });
});

it('writes UTF-8, and a lone surrogate as an escape', () => {
  expect(Buffer.from(encodeMessage(notification('é🔍\ud800'))).toString('utf8')).toBe(
    '{"jsonrpc":"2.0","method":"é🔍\\ud800"}',
  );
});
