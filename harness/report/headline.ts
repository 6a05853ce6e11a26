import type { Report } from './report.ts';
import { failingCases, knownFailures, mendedEntries, type Severity } from './standing.ts';

/** What a run came to, in a word for colours and a sentence for readers. */
export interface Headline {
  readonly mood: 'good' | 'doubtful' | 'bad' | 'unknown';
  readonly text: string;
}

/** The verdict on the whole target. */
export function headline(report: Report, severity: Severity): Headline {
  const { summary } = report;
  const judged = report.cases.length - summary.blocked;
  if (report.rootCause && !judged) return { mood: 'unknown', text: 'the target could not be judged' };
  const failing = failingCases(report, severity).length;
  const mended = mendedEntries(report).length;
  if (failing) return { mood: 'bad', text: `${failing} of ${count(report.cases.length, 'check')} failed` };
  if (mended) {
    const fail = mended === 1 ? 'fails' : 'fail';
    return { mood: 'bad', text: `${count(mended, 'known failure')} of the baseline no longer ${fail}` };
  }
  if (report.rootCause) return { mood: 'unknown', text: 'the target could not be judged in full' };
  if (summary.error) {
    return { mood: 'unknown', text: `${count(summary.error, 'check')} could not finish by a fault of mcp-assay` };
  }
  const known = knownFailures(report, severity).length;
  if (known) return { mood: 'doubtful', text: `nothing new failed; ${count(known, 'known failure')}` };
  if (!summary.pass && !summary.warn) return { mood: 'unknown', text: 'nothing failed, and nothing passed either' };
  const warned = summary.warn ? `, ${count(summary.warn, 'warning')}` : '';
  return { mood: summary.warn ? 'doubtful' : 'good', text: `nothing failed: ${summary.pass} passed${warned}` };
}

/** A number with its noun. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
