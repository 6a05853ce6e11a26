import { createRequire } from 'node:module';
import type { Builder, TestCase, TestSuite } from 'junit-report-builder';
import { evidenceText } from './evidence-text.ts';
import { plainText } from './plain-text.ts';
import type { Report, ReportedCase } from './report.ts';
import {
  failingCases,
  graveFindings,
  knownFailures,
  mendedEntries,
  type Severity,
  withoutRevision,
} from './standing.ts';

// The package is CommonJS and exports one builder, which its types declare as an ES module's default.
const junit: Builder = createRequire(import.meta.url)('junit-report-builder');

/** A report as JUnit XML: one test suite for each area, one test case for each check. */
export function junitReport(report: Report, severity: Severity): string {
  const builder = junit.newBuilder().name('mcp-assay');
  if (report.rootCause) addRootCause(builder.testSuite(), report.rootCause.reason, report);
  const failing = new Set(failingCases(report, severity));
  const known = new Set(knownFailures(report, severity));
  const areas = new Map<string, ReportedCase[]>();
  for (const one of report.cases) areas.set(areaOf(one), [...(areas.get(areaOf(one)) ?? []), one]);
  for (const [area, cases] of areas) {
    const time = cases.reduce((sum, one) => sum + one.durationMs, 0) / 1_000;
    const suite = builder.testSuite().name(area).timestamp(report.startedAt).time(time);
    for (const one of cases) {
      const test = suite
        .testCase()
        .className(`mcp-assay.${area}`)
        .name(nameOf(one))
        .time(one.durationMs / 1_000);
      if (failing.has(one)) addFailure(test, one, report, severity);
      else if (known.has(one)) addSkip(test, `known failure: ${evidenceText(one, one.findings, report)}`);
      else addVerdict(test, one, report);
    }
  }
  addMended(builder.testSuite.bind(builder), report);
  return builder.build();
}

/** The area that a check belongs to: the first part of its id, or the first two of an invariant, property or probe. */
export function areaOf({ id }: Pick<ReportedCase, 'id'>): string {
  const parts = withoutRevision(id).split('.');
  const [kind = id, area] = parts;
  return parts.length > 2 && ['invariant', 'property', 'probe'].includes(kind) ? `${kind}.${area}` : kind;
}

function nameOf(one: ReportedCase): string {
  return xmlText(`${one.id}: ${one.title}`);
}

function addFailure(test: TestCase, one: ReportedCase, report: Report, severity: Severity): void {
  const findings = graveFindings(one, severity).filter((finding) => !finding.expected);
  const message = findings[0]?.message ?? one.reason ?? one.title;
  test.failure(xmlText(message), one.verdict).stacktrace(xmlText(evidenceText(one, findings, report)));
}

function addVerdict(test: TestCase, one: ReportedCase, report: Report): void {
  if (one.verdict === 'error')
    test.error('this check broke down by a fault of mcp-assay', 'error', xmlText(one.reason ?? ''));
  else if (one.verdict === 'not-applicable' || one.verdict === 'not-verified' || one.verdict === 'blocked') {
    addSkip(test, `${one.verdict}: ${one.reason ?? ''}`);
  } else if (one.findings.length)
    test.standardOutput(xmlText(`${one.verdict}: ${evidenceText(one, one.findings, report)}`));
}

/** The library's `skipped` takes no reason, so that goes where every reader of JUnit files shows text. */
function addSkip(test: TestCase, reason: string): void {
  test.skipped().standardOutput(xmlText(reason));
}

/** Without this a target that could not be judged would look like one that passed: all its checks are skipped. */
function addRootCause(suite: TestSuite, reason: string, report: Report): void {
  suite.name('target').timestamp(report.startedAt);
  suite.testCase().className('mcp-assay.target').name('the target can be judged').error(xmlText(reason), 'root-cause');
}

function addMended(newSuite: () => TestSuite, report: Report): void {
  const mended = mendedEntries(report);
  if (!mended.length) return;
  const suite = newSuite().name('baseline').timestamp(report.startedAt);
  for (const entry of mended) {
    suite
      .testCase()
      .className('mcp-assay.baseline')
      .name(xmlText(`${entry.case} breaks ${entry.requirement}`))
      .failure(xmlText(`no longer so: remove the entry from ${report.baseline?.file}`), 'mended');
  }
}

/** Text that XML 1.0 can hold; the end of a CDATA section is broken up, of which the library sees to the first one only. */
function xmlText(text: string): string {
  return plainText(text).replaceAll(']]>', ']] >');
}
