import picocolors from 'picocolors';
import type { Colors } from 'picocolors/types.js';
import { findingLines, ruleSentence } from './console-finding.ts';
import { count, headline } from './headline.ts';
import { oneLine, plainText } from './plain-text.ts';
import type { Report, ReportedCase } from './report.ts';
import { skipGroups } from './skips.ts';
import { failingCases, knownFailures, type Severity } from './standing.ts';

/** How the console shows a report. */
export interface ConsoleStyle extends Severity {
  readonly color: boolean;
  /** Whether to list every check, those that say nothing included. */
  readonly verbose: boolean;
}

/** A report for a terminal, what matters most first. Nothing that a target sent can move the cursor or change colours. */
export function consoleReport(report: Report, style: ConsoleStyle): string {
  const colors = picocolors.createColors(style.color);
  const failing = failingCases(report, style);
  const known = knownFailures(report, style);
  const blocks = [
    head(report, style, colors),
    rootCause(report, colors),
    ...failing.map((one) => failure(one, report, colors)),
    ...report.cases.filter((one) => one.verdict === 'error').map((one) => breakdown(one, colors)),
    warnings(report, failing, known, colors),
    baseline(report, known, colors),
    skips(report, style, colors),
    style.verbose ? listing(report, colors) : [],
    foot(report, style, colors),
  ];
  return `${blocks
    .filter((lines) => lines.length)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function head(report: Report, style: ConsoleStyle, colors: Colors): string[] {
  const { target } = report;
  const where = target.url ?? target.command?.join(' ') ?? '';
  const name = nameOf(target.serverInfo);
  return [
    `${colors.bold('Target')}    ${oneLine(where)}${name ? colors.dim(` (${oneLine(name)})`) : ''}`,
    `${colors.bold('Revision')}  ${target.revision ?? 'none agreed on'} over ${target.transport}`,
    verdict(report, style, colors),
    ...report.notes.map((note) => `${colors.bold('Note')}      ${oneLine(note)}`),
  ];
}

function verdict(report: Report, style: ConsoleStyle, colors: Colors): string {
  const { mood, text } = headline(report, style);
  const paint = { good: colors.green, doubtful: colors.yellow, bad: colors.red, unknown: colors.yellow }[mood];
  return `${colors.bold('Verdict')}   ${colors.bold(paint(text))}`;
}

/** "name version" of what a target says of itself; empty when it says nothing usable. */
export function nameOf(info: Report['target']['serverInfo']): string {
  if (typeof info !== 'object' || info === null || Array.isArray(info)) return '';
  return [info.name, info.version].filter((part) => typeof part === 'string').join(' ');
}

function rootCause({ rootCause: cause, summary, cases }: Report, colors: Colors): string[] {
  if (!cause) return [];
  const part = summary.blocked < cases.length ? ' IN FULL' : '';
  return [
    colors.bold(colors.red(`THE TARGET COULD NOT BE JUDGED${part}`)),
    `  ${colors.bold(oneLine(cause.reason))}`,
    colors.dim(`  This blocks ${count(summary.blocked, 'check')}.`),
  ];
}

function failure(one: ReportedCase, report: Report, colors: Colors): string[] {
  const shown = one.findings.filter(({ verdict }) => verdict !== 'info');
  return [
    `${colors.bold(colors.red(one.verdict.toUpperCase()))}  ${colors.bold(one.id)}  ${oneLine(one.title)}`,
    ...(one.reason === undefined ? [] : [`  ${oneLine(one.reason)}`]),
    ...shown.flatMap((finding, at) => [...(at ? [''] : []), ...findingLines(finding, report, colors)]),
    `  ${colors.dim('Again:')} ${oneLine(one.reproduce)}`,
  ];
}

function breakdown(one: ReportedCase, colors: Colors): string[] {
  return [
    `${colors.bold(colors.yellow('ERROR'))}  ${colors.bold(one.id)}  this check broke down by a fault of mcp-assay; please report it`,
    ...plainText(one.reason ?? '')
      .split('\n')
      .map((line) => `  ${line}`),
    `  ${colors.dim('Again:')} ${oneLine(one.reproduce)}`,
  ];
}

function warnings(
  report: Report,
  failing: readonly ReportedCase[],
  known: readonly ReportedCase[],
  colors: Colors,
): string[] {
  const rest = report.cases.filter((one) => one.verdict === 'warn' && !failing.includes(one) && !known.includes(one));
  return rest.flatMap((one, at) => {
    const [first, ...more] = one.findings.filter(({ verdict }) => verdict === 'warn');
    return [
      ...(at ? [''] : []),
      `${colors.bold(colors.yellow('WARN'))}  ${colors.bold(one.id)}  ${oneLine(one.title)}`,
      ...(first
        ? [`  ${ruleSentence(first, report)}`, `  ${oneLine(first.message)}`, `  ${colors.dim(first.link)}`]
        : []),
      ...(more.length ? [colors.dim(`  and ${count(more.length, 'finding')} more of the kind`)] : []),
      `  ${colors.dim('Again:')} ${oneLine(one.reproduce)}`,
    ];
  });
}

function baseline(report: Report, known: readonly ReportedCase[], colors: Colors): string[] {
  if (!report.baseline) return [];
  const { file, entries } = report.baseline;
  const unjudged = entries.filter((entry) => entry.state === 'not-judged');
  return [
    ...entries
      .filter((entry) => entry.state === 'mended')
      .map(
        (entry) =>
          `${colors.bold(colors.red('MENDED'))}  ${entry.case} no longer breaks ${entry.requirement}: remove that entry from ${file}`,
      ),
    ...(known.length ? [`Known failures: ${known.map((one) => one.id).join(', ')}`] : []),
    ...(unjudged.length
      ? [
          `Listed in ${file} and not judged this time: ${unjudged.map((entry) => `${entry.case} (${entry.requirement})`).join(', ')}`,
        ]
      : []),
  ];
}

const SAID = { blocked: 'blocked', 'not-verified': 'not verified', 'not-applicable': 'not applicable' } as const;

function skips(report: Report, { verbose }: ConsoleStyle, colors: Colors): string[] {
  if (report.rootCause && !verbose) return [];
  return skipGroups(report).flatMap(({ verdict, reason, cases }) => [
    `${colors.dim(SAID[verdict])}  ${cases.length}  ${oneLine(reason)}`,
    ...(verbose ? cases.map((one) => `    ${one.id}  ${oneLine(one.title)}`) : []),
  ]);
}

function listing(report: Report, colors: Colors): string[] {
  return report.cases
    .filter((one) => one.verdict === 'pass' || one.verdict === 'info')
    .map((one) => `${colors.green(one.verdict)}  ${one.id}  ${oneLine(one.title)}`);
}

function foot(report: Report, style: ConsoleStyle, colors: Colors): string[] {
  const { summary } = report;
  const counts = [
    `${summary.pass} pass`,
    `${summary.fail} fail`,
    `${summary.warn} warn`,
    `${summary.info} info`,
    `${summary.notApplicable} not applicable`,
    `${summary.notVerified} not verified`,
    `${summary.blocked} blocked`,
    ...(summary.error ? [`${summary.error} error`] : []),
  ];
  return [
    verdict(report, style, colors),
    `${colors.bold('Checks')}    ${counts.join(', ')}`,
    colors.dim(`          ${(report.durationMs / 1_000).toFixed(1)} s, judged by mcp-assay ${report.tool.version}`),
  ];
}
