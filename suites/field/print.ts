import type { Field } from './field.ts';
import { matrixOf } from './matrix.ts';
import type { TrialResult } from './trial.ts';

/** One line about a finished trial. */
export function progressLine(result: TrialResult, done: number, of: number): string {
  const { subject, revision, durationMs } = result;
  return `[${String(done).padStart(String(of).length)}/${of}] ${subject} at ${revision}: ${whatCame(result)} (${(durationMs / 1000).toFixed(1)} s)`;
}

function whatCame({ hopeless, loss, failures, counts: { pass, fail, warn } }: TrialResult): string {
  if (failures[0] !== undefined) return `the harness failed: ${failures[0].split('\n', 1)[0]}`;
  if (hopeless !== null) return `not judged, ${hopeless.split(':', 1)[0]}`;
  return `${pass} pass, ${fail} fail, ${warn} warn${loss === null ? '' : `; ${loss}`}`;
}

/** The matrix as text for a terminal, then what keeps the run from succeeding. */
export function summaryText(field: Field): string {
  const { subjects, absent, results, faults } = field;
  const matrix = matrixOf(results);
  const width = Math.max(0, ...matrix.rows.map(({ requirement }) => requirement.length));
  const mark = { fail: 'F', warn: 'w' } as const;
  return [
    ...matrix.subjects.map((name, at) => `${String(at + 1).padStart(3)}  ${name}`),
    '',
    `${' '.repeat(width)}${matrix.subjects.map((_, at) => String(at + 1).padStart(3)).join('')}`,
    ...matrix.rows.map(
      ({ requirement, cells }) =>
        `${requirement.padEnd(width)}${cells.map((cell) => `  ${cell === null ? '.' : mark[cell]}`).join('')}`,
    ),
    '',
    `${subjects.length} subjects, ${results.filter(({ hopeless }) => hopeless === null).length} times judged; ${matrix.rows.length} requirements with a finding.`,
    ...absent.map(({ name, absent: why }) => `Left out: ${name}: ${why}.`),
    '',
    faults.length
      ? `${faults.length} things to look at:`
      : 'Every finding is judged, and each that was judged appears.',
    ...faults.map(({ kind, subject, message }) => `  ${kind}  ${subject}\n      ${message}`),
  ].join('\n');
}
