import { isAccusation } from './faults.ts';
import type { Proof, Row } from './proof.ts';
import type { TrialResult } from './trial.ts';

/** One line about a finished trial. */
export function progressLine(
  { subject, revision, blames, hopeless, durationMs }: TrialResult,
  done: number,
  of: number,
): string {
  const accused = blames.filter(isAccusation).map(({ requirement }) => requirement);
  const found = hopeless === null ? accused.slice(0, 3).join(', ') || 'nothing blamed' : 'cannot be judged';
  const more = accused.length > 3 ? ` and ${accused.length - 3} more` : '';
  return `[${String(done).padStart(String(of).length)}/${of}] ${subject} at ${revision}: ${found}${more} (${(durationMs / 1000).toFixed(1)} s)`;
}

/** The matrix as text for a terminal, then what keeps the proof from holding. */
export function summaryText(proof: Proof): string {
  const { rows, clean, faults, claimed, checks } = proof;
  const broken = new Set(rows.map(({ defect }) => defect.breaks)).size;
  const unseen = rows.flatMap((row) => row.unseen.map((id) => `${row.defect.id} at ${row.result.revision}: ${id}`));
  return [
    ...rows.map(matrixLine),
    '',
    `${rows.length} trials of defects, ${clean.length} of clean subjects; ${broken} requirements broken${claimed === null ? '' : `, ${claimed} claimed`}.`,
    ...(checks ? [`${checks.failed.size} of ${checks.all.length} checks failed in at least one of them.`] : []),
    ...(unseen.length ? ['', 'Excused and not blamed:', ...unseen.map((line) => `  ${line}`)] : []),
    '',
    faults.length ? `The proof does not hold, for ${faults.length} reasons:` : 'The proof holds.',
    ...faults.map(({ kind, subject, message }) => `  ${kind}  ${subject}\n      ${message}`),
  ].join('\n');
}

function matrixLine({ defect, result, faults }: Row): string {
  const blames = result.blames.map(({ requirement, verdict }) => `${requirement} ${verdict}`).join(', ');
  return `${faults.length ? 'x' : ' '} ${defect.id} (${result.revision}): ${blames || 'nothing blamed'}`;
}
