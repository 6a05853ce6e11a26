import { evidenceText } from './evidence-text.ts';
import { count, headline } from './headline.ts';
import { oneLine, plainText } from './plain-text.ts';
import type { Report, ReportedCase } from './report.ts';
import { skipGroups } from './skips.ts';
import { failingCases, graveFindings, knownFailures, mendedEntries, type Severity } from './standing.ts';

/** GitHub takes a summary of a megabyte at most; the rest is in the other formats. */
const MOST_FAILURES = 50;
/** An empty character after it keeps GitHub from calling the person whose name follows. */
const CALLS_NOBODY = '@&#8203;';

/** A report as a page of Markdown, made for the job summary of GitHub Actions. */
export function markdownReport(report: Report, severity: Severity): string {
  const { target, rootCause } = report;
  const sign = { good: '✅', doubtful: '⚠️', bad: '❌', unknown: '❔' };
  const { mood, text } = headline(report, severity);
  const sections = [
    `## ${sign[mood]} MCP conformance: ${inline(text)}`,
    `${code(target.url ?? target.command?.join(' ') ?? '')}, revision ${inline(target.revision ?? 'not agreed on')}, judged by mcp-assay ${report.tool.version}`,
    ...(rootCause ? [`**Root cause:** ${inline(rootCause.reason)}`] : []),
    countsTable(report),
    ...mendedLines(report),
    ...failureBlocks(report, severity),
    ...warningTable(report, severity),
    ...knownLine(report, severity),
    ...skipTable(report),
    ...report.notes.map((note) => `_${inline(note)}_`),
  ];
  return `${sections.join('\n\n')}\n`;
}

function countsTable({ summary }: Report): string {
  const columns = [
    ['pass', summary.pass],
    ['fail', summary.fail],
    ['warn', summary.warn],
    ['info', summary.info],
    ['not applicable', summary.notApplicable],
    ['not verified', summary.notVerified],
    ['blocked', summary.blocked],
    ['error', summary.error],
  ] as const;
  return table(
    columns.map(([name]) => name),
    [columns.map(([, number]) => String(number))],
  );
}

function mendedLines(report: Report): string[] {
  const lines = mendedEntries(report).map(
    (entry) =>
      `- ${inline(entry.case)} no longer breaks ${inline(entry.requirement)}: remove that entry from ${code(report.baseline?.file ?? '')}`,
  );
  return lines.length ? [lines.join('\n')] : [];
}

function failureBlocks(report: Report, severity: Severity): string[] {
  const failing = failingCases(report, severity);
  const rest = failing.length - MOST_FAILURES;
  return [
    ...failing.slice(0, MOST_FAILURES).map((one) => failureBlock(one, report, severity)),
    ...(rest > 0 ? [`… and ${count(rest, 'failure')} more.`] : []),
  ];
}

function failureBlock(one: ReportedCase, report: Report, severity: Severity): string {
  const findings = graveFindings(one, severity).filter((finding) => !finding.expected);
  const links = [...new Map(findings.map((finding) => [finding.requirement, finding.link]))].map(
    ([requirement, link]) => `- [${inline(requirement)}](<${link}>)`,
  );
  return [
    `<details><summary>❌ <b>${inline(one.id)}</b> ${inline(findings[0]?.message ?? one.reason ?? one.title)}</summary>`,
    '',
    ...(links.length ? [...links, ''] : []),
    fenced(evidenceText(one, findings, report)),
    '',
    '</details>',
  ].join('\n');
}

function warningTable(report: Report, severity: Severity): string[] {
  if (severity.strict) return [];
  const rows = report.cases
    .filter((one) => one.verdict === 'warn')
    .flatMap((one) => {
      const finding = one.findings.find(({ verdict }) => verdict === 'warn');
      return finding
        ? [[inline(one.id), `[${inline(finding.requirement)}](<${finding.link}>)`, inline(finding.message)]]
        : [];
    });
  return rows.length ? [table(['warning', 'rule', 'what was seen'], rows)] : [];
}

function knownLine(report: Report, severity: Severity): string[] {
  const known = knownFailures(report, severity);
  return known.length ? [`Known failures: ${known.map((one) => inline(one.id)).join(', ')}`] : [];
}

function skipTable(report: Report): string[] {
  const rows = skipGroups(report).map(({ verdict, reason, cases }) => [verdict, String(cases.length), inline(reason)]);
  if (!rows.length) return [];
  return [
    `<details><summary>Checks that say nothing</summary>\n\n${table(['verdict', 'checks', 'reason'], rows)}\n\n</details>`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text on one line without markup or links, wherever it stands: in a paragraph, a heading, a summary or a table. */
function inline(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\\`*_[\]#|~:]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('@', CALLS_NOBODY);
}

function code(text: string): string {
  return `<code>${inline(text)}</code>`;
}

/** A block that ends where it should: its fence is longer than any row of backticks in it. */
function fenced(text: string): string {
  const shown = plainText(text);
  const longest = Math.max(2, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}
