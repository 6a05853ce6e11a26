import fc from 'fast-check';
import { expect, it } from 'vitest';
import { seed } from '../../../fixtures/seed.ts';
import { isObject } from '../../../harness/wire/json-rpc.ts';
import { brokenMessage, validMessage } from './arbitraries.ts';
import { type Kind, kindOf } from './model.ts';

const runs = { seed, numRuns: 2_000 };

it('valid messages are valid', () => {
  const valid: Kind[] = ['ping', 'unknown-method', 'notification', 'response'];
  fc.assert(
    fc.property(validMessage, (message) => {
      expect(valid).toContain(kindOf(message));
    }),
    runs,
  );
});

it('messages are the same after they were written and read', () => {
  fc.assert(
    fc.property(fc.oneof(validMessage, brokenMessage), (message) => {
      expect(JSON.parse(JSON.stringify(message))).toEqual(message);
    }),
    runs,
  );
});

it('messages call no method that does anything but ping', () => {
  fc.assert(
    fc.property(fc.oneof(validMessage, brokenMessage), (message) => {
      const method = isObject(message) ? message.method : undefined;
      if (typeof method === 'string') expect(method).toMatch(/^(ping$|assay$|assay\/|notifications\/assay\/)/);
    }),
    runs,
  );
});

it('there are some of each kind', () => {
  const kinds = fc.sample(fc.oneof(validMessage, brokenMessage), runs).map(kindOf);
  for (const kind of ['ping', 'unknown-method', 'notification', 'response', 'broken', 'doubtful']) {
    expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThan(20);
  }
});
