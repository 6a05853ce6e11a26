import { describe, expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { StreamWatch } from './stream-watch.ts';

const event = (message: Json) => Buffer.from(`data: ${JSON.stringify(message)}\n\n`);
const response = (id: Json, value: Json = {}) => ({ jsonrpc: '2.0', id, result: value });
const call = (id: Json, method = 'ping') => ({ jsonrpc: '2.0', id, method });

/** Whether a watch has what it waits for; looks once everything that is settled has been told. */
async function isSatisfied(watch: StreamWatch): Promise<boolean> {
  return Promise.race([
    watch.satisfied.then(() => true),
    new Promise<boolean>((resolve) => setImmediate(resolve, false)),
  ]);
}

describe('a watch', () => {
  it('is satisfied by as many responses as were awaited, of whatever id', async () => {
    const watch = new StreamWatch([1, 2], 100);
    watch.push(event(response(1)), true);
    expect(await isSatisfied(watch)).toBe(false);
    watch.push(event({ jsonrpc: '2.0', error: { code: 1, message: '' } }), true);
    expect(await isSatisfied(watch)).toBe(true);
  });

  it('is satisfied by a batch', async () => {
    const watch = new StreamWatch([1, 2], 100);
    watch.push(event([response(1), response(2)]), true);
    expect(await isSatisfied(watch)).toBe(true);
  });

  it('reads a body when it is whole', async () => {
    const watch = new StreamWatch([1], 100);
    const text = JSON.stringify(response(1, { a: 1 }));
    watch.push(Buffer.from(text.slice(0, 9)), false);
    watch.push(Buffer.from(text.slice(9)), false);
    expect(await isSatisfied(watch)).toBe(false);
    watch.end();
    expect(await isSatisfied(watch)).toBe(true);
    expect(watch.result).toEqual({ a: 1 });
  });

  it('waits for nothing where nothing was awaited', async () => {
    const watch = new StreamWatch([], 100);
    watch.push(event(response(1)), true);
    expect(await isSatisfied(watch)).toBe(false);
  });

  it.each(['', 'data: {\n\n', 'data:\n\n', ': comment\n\n', 'data: 5\n\ndata: null\n\ndata: []\n\n', 'event: x\n\n'])(
    '%j is no response',
    async (text) => {
      const watch = new StreamWatch([1], 100);
      expect(watch.push(Buffer.from(text), true)).toEqual([]);
      expect(await isSatisfied(watch)).toBe(false);
    },
  );
});

describe('what the server asks', () => {
  it('is given with the bytes that complete it, in order', () => {
    const watch = new StreamWatch([], 100);
    const bytes = event([call('a'), response(1), call('b', 'roots/list')]);
    expect(watch.push(bytes.subarray(0, 20), true)).toEqual([]);
    expect(watch.push(bytes.subarray(20), true)).toEqual([call('a'), call('b', 'roots/list')]);
  });

  it('is no notification and nothing with an id that cannot be answered', () => {
    const watch = new StreamWatch([], 100);
    expect(watch.push(event({ jsonrpc: '2.0', method: 'ping' }), true)).toEqual([]);
    expect(watch.push(event([call(null), call(1.5), call({})]), true)).toEqual([]);
  });

  it('is found in a body too', () => {
    const watch = new StreamWatch([1], 100);
    watch.push(Buffer.from(JSON.stringify(call(5))), false);
    expect(watch.end()).toEqual([call(5)]);
  });
});

it('overflows with more events than a stream may have', () => {
  const watch = new StreamWatch([], 2);
  watch.push(Buffer.from(': a\n\n: b\n\n'), true);
  expect(watch.overflow).toBe(false);
  watch.push(Buffer.from('data: c\n\n'), true);
  expect(watch.overflow).toBe(true);
  watch.push(Buffer.from('x'), true);
  expect(watch.overflow).toBe(true);
});
