import { makeBadge } from 'badge-maker';
import type { Report } from './report.ts';
import { failingCases, knownFailures, mendedEntries, type Severity } from './standing.ts';

const LABEL = 'MCP';

/** A badge as an SVG image. */
export function badgeSvg(report: Report, severity: Severity): string {
  const { message, color } = badgeOf(report, severity);
  return `${makeBadge({ label: LABEL, message, color })}\n`;
}

/** A badge as the JSON that https://shields.io/badges/endpoint-badge draws one from. */
export function badgeEndpoint(report: Report, severity: Severity): string {
  return `${JSON.stringify({ schemaVersion: 1, label: LABEL, ...badgeOf(report, severity) })}\n`;
}

function badgeOf(report: Report, severity: Severity): { message: string; color: string } {
  const { summary } = report;
  const failing = failingCases(report, severity).length + mendedEntries(report).length;
  if (failing) return { message: `${failing} failing`, color: 'red' };
  if (report.rootCause || !summary.pass) return { message: 'not judged', color: 'lightgrey' };
  if (summary.error) return { message: `${summary.error} not finished`, color: 'lightgrey' };
  const known = knownFailures(report, severity).length;
  const passing = `${revisionsOf(report)} passing (${summary.pass})`;
  if (known) return { message: `${passing}, ${known} known to fail`, color: 'yellow' };
  return { message: passing, color: summary.warn ? 'green' : 'brightgreen' };
}

function revisionsOf(report: Report): string {
  const revisions = report.target.revision?.split(',') ?? [];
  return revisions.length > 1 ? `${revisions.length} revisions` : (revisions[0] ?? '');
}
