import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

it('judges every subject, at most two side by side, unless told otherwise', () => {
  const { only, jobs } = readCommandLine([]);
  expect(only).toBe(null);
  expect([1, 2]).toContain(jobs);
});

it('reads globs and jobs', () => {
  const { only, jobs } = readCommandLine(['--only', 'sdk-v1*', '--only', 'memory', '--jobs', '3']);
  expect(jobs).toBe(3);
  expect(['sdk-v1-json', 'memory', 'filesystem'].map((name) => only?.(name))).toEqual([true, true, false]);
});

it.each([[['--jobs', '0']], [['--jobs', 'two']], [['--nonsense']], [['word']]])('refuses %j', (words) => {
  expect(() => readCommandLine(words)).toThrow(/--jobs must be an integer|Unknown option|Unexpected argument/);
});

it('ends with 2 when no subject is meant', () => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const ended = spawnSync(process.execPath, ['--import', loader, main, '--only', 'no-such-server'], {
    encoding: 'utf8',
  });
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 2, stdout: '' });
  expect(ended.stderr).toContain('--only matches no subject; there are everything, ');
}, 60_000);
