import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { readCommandLine } from './command-line.ts';

it('tries each defect at one revision unless told otherwise', () => {
  const { only, jobs, allRevisions } = readCommandLine([]);
  expect({ only, allRevisions }).toEqual({ only: null, allRevisions: false });
  expect(jobs).toBeGreaterThan(0);
});

it('reads globs, jobs and revisions', () => {
  const { only, jobs, allRevisions } = readCommandLine([
    '--only',
    'sse.*',
    '--only',
    'x',
    '--jobs',
    '3',
    '--all-revisions',
  ]);
  expect({ jobs, allRevisions }).toEqual({ jobs: 3, allRevisions: true });
  expect(['sse.a', 'x', 'y'].map((id) => only?.(id))).toEqual([true, true, false]);
});

it.each([[['--jobs', '0']], [['--jobs', 'two']], [['--nonsense']], [['word']]])('refuses %j', (words) => {
  expect(() => readCommandLine(words)).toThrow(/--jobs must be an integer|Unknown option|Unexpected argument/);
});

it('ends with 2 when no defect is meant', () => {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const ended = spawnSync(process.execPath, ['--import', loader, main, '--only', 'no.such.defect'], {
    encoding: 'utf8',
  });
  expect({ status: ended.status, stdout: ended.stdout }).toEqual({ status: 2, stdout: '' });
  expect(ended.stderr).toContain('--only matches no defect');
}, 60_000);
