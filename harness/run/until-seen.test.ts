import { expect, it } from 'vitest';
import { isSeen, pauseAfter } from './until-seen.ts';

const done = { result: { properties: { status: { const: 'completed' } } } };

it('sees what a step is repeated for', () => {
  const nothing = () => undefined;
  expect(isSeen(undefined, {}, nothing)).toBe(true);
  expect(isSeen(done, { result: { status: 'working' } }, nothing)).toBe(false);
  expect(isSeen(done, { result: { status: 'completed' } }, nothing)).toBe(true);
});

it('does not repeat a step for something that is not known', () => {
  const unknown = `$${'{nothing.such}'}`;
  expect(isSeen({ status: { const: unknown } }, { status: 200 }, () => undefined)).toBe(true);
});

it('waits as long as is suggested, within reason', () => {
  const pause = (pollInterval: number) => pauseAfter({ result: { pollInterval } });
  expect([pause(0), pause(50), pause(60_000)]).toEqual([20, 50, 1_000]);
  expect(pauseAfter({})).toBe(100);
});
