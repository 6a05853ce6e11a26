import { expect, it } from 'vitest';
import { traceOf } from '../judge/testing/trace-of.ts';
import type { Trace, TraceEvent } from '../trace/trace.ts';
import { clientsOfOne, suitableConcurrency } from './suitable-concurrency.ts';

/** What a survey saw of a target whose answers began after so many milliseconds. */
function answering(...times: readonly number[]): Trace {
  const events = times.flatMap((ms, exchange): TraceEvent[] => [
    {
      kind: 'request',
      at: 1_000 * exchange,
      exchange,
      client: 'a',
      step: -1,
      method: 'POST',
      url: 'http://x.invalid/',
      headers: [],
      body: Buffer.alloc(0),
    },
    { kind: 'response', at: 1_000 * exchange + ms, exchange, status: 202, headers: [] },
  ]);
  return { header: { ...traceOf([]).header, transport: 'streamable-http' }, events };
}

it.each([
  ['in the next room', [3, 1, 2], 16],
  ['in the next room, where something takes long', [500, 2, 800], 16],
  ['far away', [240, 110, 300], 32],
])('a target %s', (_, times, checks) => {
  expect(suitableConcurrency(answering(...times))).toBe(checks);
});

it('a command', () => {
  const { header, events } = answering(200);
  expect(suitableConcurrency({ header: { ...header, transport: 'stdio' }, events })).toBe(8);
});

it.each([
  [1, 1],
  [4, 4],
  [16, 4],
  [32, 8],
])('of %i checks at a time, one that sends much has %i clients', (checks, clients) => {
  expect(clientsOfOne(checks)).toBe(clients);
});
