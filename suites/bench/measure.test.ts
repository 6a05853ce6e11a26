import { expect, it } from 'vitest';
import { measure, median } from './measure.ts';

it('tells what a process said, how it ended and how much memory it had', async () => {
  const words = ['-e', 'console.log("out"); console.error("error"); process.exitCode = 3'];
  const { wallMs, peakMiB, exitCode, output } = await measure(process.execPath, words);
  expect({ exitCode, said: output.split('\n').sort() }).toEqual({ exitCode: 3, said: ['', 'error', 'out'] });
  expect(wallMs).toBeGreaterThan(0);
  expect(peakMiB).toBeGreaterThan(1);
}, 60_000);

it('takes the middle of an odd number of values, and the mean of two', () => {
  expect([median([5, 1, 3]), median([4, 1, 3, 100]), median([7])]).toEqual([3, 3.5, 7]);
});
