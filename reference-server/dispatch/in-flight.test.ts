import { expect, it } from 'vitest';
import { InFlight } from './in-flight.ts';

it('tells ids of different types apart', () => {
  const inFlight = new InFlight();
  expect(inFlight.begin(1)).toBeDefined();
  expect(inFlight.begin('1')).toBeDefined();
  expect(inFlight.begin(1)).toBeUndefined();
  expect(inFlight.size).toBe(2);
});

it('stops one request, for the first reason given', async () => {
  const inFlight = new InFlight();
  const [one, other] = [inFlight.begin(1), inFlight.begin(2)];
  expect(inFlight.stop(1, 'cancelled')).toBe(true);
  inFlight.stopAll('shutdown');
  await Promise.all([one?.stopped, other?.stopped]);
  expect([one?.reason, one?.signal.aborted]).toEqual(['cancelled', true]);
  expect([other?.reason, other?.signal.aborted]).toEqual(['shutdown', true]);
});

it('knows nothing of a request that is finished', () => {
  const inFlight = new InFlight();
  const flight = inFlight.begin(1);
  flight?.finish();
  expect(inFlight.stop(1, 'cancelled')).toBe(false);
  expect([inFlight.size, flight?.signal.aborted, flight?.reason]).toEqual([0, false, undefined]);
  expect(inFlight.begin(1)).toBeDefined();
});
