import { isAccusation } from './faults.ts';
import type { Proof, Row } from './proof.ts';
import type { Blame } from './trial.ts';

/** The kill matrix as a page of Markdown: which requirements each defect broke, and with which verdict. */
export function killMatrix({ rows, clean, claimed, checks, unproven, faults }: Proof): string {
  const defects = new Set(rows.map(({ defect }) => defect.id)).size;
  const broken = new Set(rows.map(({ defect }) => defect.breaks)).size;
  const subjects = new Set(clean.map(({ subject }) => subject)).size;
  return [
    '# Kill matrix',
    '',
    'What `npm run prove` found. Each row is the reference server with one deliberate defect (`fixtures/defects/`), judged by all',
    'checks: the requirement it breaks has to be blamed, and no other that is not broken by the same behaviour.',
    '',
    `${defects} defects break ${broken} requirements${claimed === null ? '' : `; checks claim to judge ${claimed}`}. ` +
      `${subjects} clean subjects at each revision: ${clean.some(({ blames }) => blames.some(isAccusation)) ? 'some are blamed' : 'nothing is blamed'}.`,
    ...(checks ? [`${checks.failed.size} of ${checks.all.length} checks fail in at least one of these trials.`] : []),
    '',
    '| defect | what the server does | revision | breaks | verdict | also blamed, and why |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows.map(rowOf),
    '',
    ...listOf(
      'Not proven',
      unproven.flatMap(({ requirements = [], checks: excused = [], reason }) =>
        [...requirements, ...excused].map((id) => `\`${id}\`: ${reason}`),
      ),
    ),
    ...listOf(
      'Faults',
      faults.map(({ kind, subject, message }) => `${kind}: ${cell(subject)}: ${cell(message)}`),
    ),
  ].join('\n');
}

function rowOf({ defect, result, faults }: Row): string {
  const own = result.blames.find(({ requirement }) => requirement === defect.breaks);
  const others = result.blames.filter((blame) => blame !== own && isAccusation(blame));
  const verdict = faults.length ? `**${own?.verdict ?? 'survives'}**` : (own?.verdict ?? '');
  const cells = [
    `\`${defect.id}\``,
    defect.title,
    result.revision,
    `\`${defect.breaks}\``,
    verdict,
    others.map((blame) => otherOf(blame, defect.also ?? [])).join('; '),
  ];
  return `| ${cells.map(cell).join(' | ')} |`;
}

function otherOf({ requirement, verdict }: Blame, also: readonly { requirement: string; why: string }[]): string {
  const why = also.find((one) => one.requirement === requirement)?.why ?? '**wrongly**';
  return `\`${requirement}\` ${verdict}: ${why}`;
}

function listOf(title: string, lines: readonly string[]): string[] {
  return lines.length ? [`## ${title}`, '', ...lines.map((line) => `- ${line}`), ''] : [];
}

function cell(text: string): string {
  return text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
}
