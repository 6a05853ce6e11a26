import { consoleReport } from '../report/console.ts';
import type { Report } from '../report/report.ts';
import type { Severity } from '../report/standing.ts';
import { type Outputs, writeReports } from './outputs.ts';
import { type Terminal, wantsColor } from './terminal.ts';

/** Shows a report to people and writes it to the files that were asked for. */
export function showOutcome(
  report: Report,
  outputs: Outputs,
  style: Severity & { readonly verbose: boolean },
  terminal: Terminal,
): void {
  const stream = outputs.takesStdout ? terminal.stderr : terminal.stdout;
  stream.write(consoleReport(report, { ...style, color: wantsColor(stream, terminal.env) }));
  const text = writeReports(outputs, report, style);
  if (text) terminal.stdout.write(text);
}
