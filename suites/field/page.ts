import type { Catalogue } from '../../spec/catalogue.ts';
import type { Field } from './field.ts';
import type { JudgedFinding } from './findings.ts';
import { matrixOf } from './matrix.ts';
import type { TrialResult } from './trial.ts';

/** The field run as a page of Markdown: who was judged, the matrix, and each finding with its judgement. */
export function pageOf(field: Field, catalogue: Catalogue): string {
  const { subjects, results } = field;
  const matrix = matrixOf(results);
  const number = new Map(matrix.subjects.map((name, at) => [name, at + 1]));
  return [
    '# The field',
    '',
    'What `npm run field` found: real servers from npm, judged as they are, over their own transport, at every revision that they speak.',
    'Each finding was held against the sentence of the specification it cites (`suites/field/findings.yaml`); the run fails when one is',
    'not judged there, when one that was judged no longer appears, and when one is a false alarm.',
    '',
    '## Subjects',
    '',
    '| | subject | from | transport | judged at: checks that pass, fail, warn |',
    '| --- | --- | --- | --- | --- |',
    ...subjects.map(({ name, title, source, transport }) =>
      row([String(number.get(name) ?? ''), `\`${name}\`<br>${title}`, source, transport, countsOf(name, results)]),
    ),
    '',
    '## Requirements by subjects',
    '',
    'The gravest verdict at any revision; requirements that no subject breaks are left out.',
    '',
    row(['requirement', ...matrix.subjects.map((_, at) => String(at + 1))]),
    row(['---', ...matrix.subjects.map(() => '---')]),
    ...matrix.rows.map(({ requirement, cells }) => row([`\`${requirement}\``, ...cells.map((cell) => cell ?? '')])),
    '',
    '## Findings',
    '',
    ...matrix.rows.flatMap(({ requirement }) => chapterOf(requirement, field, catalogue)),
  ].join('\n');
}

function countsOf(name: string, results: readonly TrialResult[]): string {
  return results
    .filter(({ subject, hopeless }) => subject === name && hopeless === null)
    .map(({ revision, counts: { pass, fail, warn } }) => `${revision}: ${pass}, ${fail}, ${warn}`)
    .join('<br>');
}

function chapterOf(requirement: string, { results, findings }: Field, catalogue: Catalogue): string[] {
  const links = results.flatMap(({ revision, sightings }) =>
    sightings.filter((one) => one.requirement === requirement).map(({ link }) => ({ revision, link })),
  );
  const newest = links.toSorted((a, b) => a.revision.localeCompare(b.revision)).at(-1);
  return [
    `### ${requirement}`,
    '',
    `${catalogue.get(requirement)?.text ?? ''} ([${newest?.revision}](${newest?.link}))`,
    '',
    ...findings.filter((finding) => finding.requirement === requirement).map(itemOf),
    '',
  ];
}

function itemOf({ subjects, revisions, verdict, judgement, sometimes, why }: JudgedFinding): string {
  const names = subjects.map((name) => `\`${name}\``).join(', ');
  const alarm = judgement === 'false-alarm' ? ', **a false alarm**' : '';
  const often = sometimes ? ', at times' : '';
  return `- ${verdict}${often}${alarm}: ${names} at ${revisions.join(', ')}. ${why.trim().replaceAll(/\s+/g, ' ')}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
