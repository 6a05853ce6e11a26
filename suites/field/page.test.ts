import { expect, it } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { judgeField } from './field.ts';
import { matrixOf } from './matrix.ts';
import { pageOf } from './page.ts';
import { progressLine, summaryText } from './print.ts';
import { reportOf } from './report.ts';
import { judged, named, resultWith } from './testing/made-up.ts';

const results = [
  resultWith('one', ['session.missing-400 fail', 'page.invalid-32602']),
  resultWith('one', ['session.missing-400'], { revision: '2025-06-18' }),
  resultWith('one', [], { revision: '2026-07-28', hopeless: 'it does not speak revision 2026-07-28: it says so' }),
  resultWith('two', ['page.invalid-32602']),
];
const findings = [
  judged('one', 'session.missing-400', { verdict: 'fail' }),
  judged('one', 'page.invalid-32602', { subjects: ['one', 'two'], why: 'a cursor that\n  nobody issued | is taken' }),
];
const field = () =>
  judgeField(
    [named('one'), named('two'), named('three', { absent: 'three is not installed' })],
    findings,
    async () => results,
  );

it('puts the gravest verdict of a subject in each cell, and leaves out what nobody breaks', () => {
  expect(matrixOf(results)).toEqual({
    subjects: ['one', 'two'],
    rows: [
      { requirement: 'page.invalid-32602', cells: ['warn', 'warn'] },
      { requirement: 'session.missing-400', cells: ['fail', null] },
    ],
  });
});

it('writes a page with subjects, matrix and judgements', async () => {
  const page = pageOf(await field(), catalogue());
  expect(page).toContain(
    '| 1 | `one`<br>the server one | made-up 1.0.0 | stdio | 2025-11-25: 5, 0, 2<br>2025-06-18: 5, 0, 1 |',
  );
  expect(page).toContain('| requirement | 1 | 2 |\n| --- | --- | --- |\n| `page.invalid-32602` | warn | warn |');
  expect(page).toContain('### session.missing-400\n\nSHOULD');
  expect(page).toContain('([2025-11-25](https://example.invalid/session.missing-400))');
  expect(page).toContain('- warn: `one`, `two` at 2025-11-25. a cursor that nobody issued | is taken');
  expect(page).not.toContain('three');
});

it('prints the matrix, who was left out, and what there is to look at', async () => {
  const text = summaryText(await field());
  expect(text).toContain('page.invalid-32602   w  w\nsession.missing-400  F  .');
  expect(text).toContain('2 subjects, 3 times judged; 2 requirements with a finding.');
  expect(text).toContain('Left out: three: three is not installed.');
  expect(text).toContain('1 things to look at:\n  unjudged  one at 2025-06-18');
});

it('says that all is judged when it is', async () => {
  const all = await judgeField([named('two')], findings, async () => [resultWith('two', ['page.invalid-32602'])]);
  expect(summaryText(all)).toContain('Every finding is judged, and each that was judged appears.');
  expect(reportOf(all)).toMatchObject({ succeeded: true, faults: [], absent: [], subjects: [{ name: 'two' }] });
});

it('tries every subject at every revision of its transport, those that are absent at none', async () => {
  const tried: string[] = [];
  await judgeField(
    [named('pipe'), named('web', { transport: 'streamable-http' }), named('gone', { absent: 'it is not installed' })],
    [],
    async (trials) => {
      tried.push(...trials.map(({ subject, revision }) => `${subject} ${revision}`));
      return [];
    },
  );
  expect(tried).toEqual([
    ...['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05'].map((revision) => `pipe ${revision}`),
    ...['2026-07-28', '2025-11-25', '2025-06-18', '2025-03-26'].map((revision) => `web ${revision}`),
  ]);
});

it('tells of each trial in a line', () => {
  const lines = results.slice(1, 3).map((result, at) => progressLine(result, at + 2, 10));
  expect(lines).toEqual([
    '[ 2/10] one at 2025-06-18: 5 pass, 0 fail, 1 warn (1.0 s)',
    '[ 3/10] one at 2026-07-28: not judged, it does not speak revision 2026-07-28 (1.0 s)',
  ]);
});
