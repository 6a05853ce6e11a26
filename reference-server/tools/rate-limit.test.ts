import { expect, it } from 'vitest';
import { call, drive, objectIn } from '../testing/driver.ts';
import { createRateLimit } from './rate-limit.ts';

it('gives what has gathered, and then so many a second', () => {
  let time = 0;
  const limit = createRateLimit(2, () => time);
  const taken = () => [1, 2, 3, 4, 5].filter(() => limit.take()).length;
  expect(taken()).toBe(4);
  expect(taken()).toBe(0);
  time += 500;
  expect(taken()).toBe(1);
  time += 60_000;
  expect(taken()).toBe(4);
});

it('tells a model that calls too fast to wait', async () => {
  const driver = await drive({ toolCallsPerSecond: 1 });
  const session = await driver.openSession();
  const calls = [1, 2, 3, 4].map(async (id) => driver.post(call(id, 'assay_slow', { ms: 0 }), session));
  const results = (await Promise.all(calls)).map((answered) => objectIn(answered).result);
  expect(results).toContainEqual({ content: [{ type: 'text', text: expect.stringContaining('Wait') }], isError: true });
});
