import type { Colors } from 'picocolors/types.js';
import { cut, oneLine, plainText } from './plain-text.ts';
import type { Finding, Report, ReportedRequirement, ShownExchange } from './report.ts';
import { sentence } from './sentence.ts';

const MOST_LINES = 25;
const MOST_CHARACTERS = 1_200;

/** The rule that a finding names, as a sentence. */
export function ruleSentence(finding: Finding, report: Report): string {
  const rule = report.requirements.find((one: ReportedRequirement) => one.id === finding.requirement);
  return rule ? sentence(rule.text, rule.role, report.target.kind) : `The rule ${finding.requirement}.`;
}

/** A finding in full: the rule, its address, what is wrong, and the exchange that shows it. */
export function findingLines(finding: Finding, report: Report, colors: Colors): string[] {
  return [
    `  ${ruleSentence(finding, report)} ${colors.dim(`(${finding.requirement})`)}`,
    `  ${colors.dim(finding.link)}`,
    `  ${colors.bold(oneLine(finding.message))}${finding.expected ? colors.dim(' (the baseline lists it)') : ''}`,
    ...(finding.evidence.exchange ? exchangeLines(finding.evidence.exchange, colors) : []),
  ];
}

/** An exchange in lines: `>` what was sent, `<` what came back, `=` how it ended. */
export function exchangeLines(exchange: ShownExchange, colors: Colors): string[] {
  const { request, response } = exchange;
  const sent = [oneLine(request.line), ...request.headers.map(oneLine), ...bodyLines(request.body)];
  const received = response
    ? [`HTTP ${response.status}`, ...response.headers.map(oneLine), ...bodyLines(response.body)]
    : bodyLines(exchange.lines?.trimEnd() ?? '').slice(1);
  const after = exchange.answeredAfterMs === null ? '' : `, answered after ${exchange.answeredAfterMs} ms`;
  return [
    ...sent.map((line) => `    ${colors.cyan('>')} ${line}`),
    ...received.map((line) => `    ${colors.magenta('<')} ${line}`),
    `    ${colors.dim(`= ${oneLine(exchange.ending)}${after}`)}`,
  ];
}

function bodyLines(body: string): string[] {
  if (!body) return [];
  const lines = plainText(cut(body, MOST_CHARACTERS)).split('\n');
  return ['', ...lines.slice(0, MOST_LINES), ...(lines.length > MOST_LINES ? [`... (${lines.length} lines)`] : [])];
}
