import { expect, it } from 'vitest';
import type { CheckResult } from '../verdict/check.ts';
import { driveAll } from './drive-all.ts';
import type { Driven } from './driven-check.ts';

const check = (id: string, more: Partial<Driven> = {}): Driven => ({
  info: { id, title: '', requires: [] },
  patience: 0,
  run: () => Promise.resolve({ sightings: [], traces: [] }),
  ...more,
});

/** Drives checks; gives their ids as they began and as they ended. */
async function driven(checks: readonly Driven[], concurrency: number, tryOut: Promise<unknown> = Promise.resolve()) {
  const told: string[] = [];
  const drive = async ({ info }: Driven): Promise<CheckResult> => {
    told.push(`${info.id} begins`);
    await new Promise((resolve) => setImmediate(resolve));
    told.push(`${info.id} ends`);
    return { ...info, sightings: [], harnessFailure: null, durationMs: 0 };
  };
  const results = await driveAll(checks, drive, concurrency, tryOut);
  return { told, ids: results.map(({ id }) => id) };
}

it('drives the long ones first and gives results in the order of the checks', async () => {
  const { told, ids } = await driven([check('short'), check('long', { patience: 2 })], 1);
  expect(told).toEqual(['long begins', 'long ends', 'short begins', 'short ends']);
  expect(ids).toEqual(['short', 'long']);
});

it('drives as many at a time as there are places', async () => {
  const { told } = await driven([check('a'), check('b'), check('c')], 2);
  expect(told.slice(0, 2).sort()).toEqual(['a begins', 'b begins']);
  expect(told.indexOf('c begins')).toBeGreaterThan(1);
});

it('drives what may break the target alone, after all others', async () => {
  const { told, ids } = await driven(
    [check('bad', { isLast: true }), check('worse', { isLast: true }), check('good')],
    8,
  );
  expect(told).toEqual(['good begins', 'good ends', 'bad begins', 'bad ends', 'worse begins', 'worse ends']);
  expect(ids).toEqual(['bad', 'worse', 'good']);
});

it.each(['succeeds', 'fails'])('lets what needs the try-out begin when that %s, and others before', async (how) => {
  let settle: (value?: unknown) => void = () => undefined;
  const tryOut = new Promise((resolve, reject) => {
    settle = how === 'fails' ? reject : resolve;
  });
  const first = check('first', {});
  const running = driven([check('needy', { after: tryOut }), first], 2, tryOut);
  await new Promise((resolve) => setImmediate(resolve));
  settle();
  expect((await running).told).toEqual(['first begins', 'first ends', 'needy begins', 'needy ends']);
});
