import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Catalogue, type Requirement, sourceLink } from '../../spec/catalogue.ts';
import { packageRoot } from '../../spec/package-root.ts';
import type { Revision } from '../../spec/revisions.ts';
import { type CheckResult, rulingOf, rulingOnCheck, rulingOnRequirement, type Sighting } from '../check.ts';
import { exchangesOf } from '../exchange.ts';
import type { Ruling } from '../verdict.ts';
import {
  type Finding,
  type Report,
  type ReportedCase,
  type ReportedRequirement,
  type ReportedVerdict,
  reported,
} from './report.ts';
import { showExchange } from './show-exchange.ts';

/** What a report is made from. */
export interface ReportInput {
  readonly target: Report['target'];
  readonly revision: Revision;
  readonly catalogue: Catalogue;
  readonly results: readonly CheckResult[];
  readonly rootCause: Report['rootCause'];
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly notes: readonly string[];
  /** Hides secrets in a text. */
  readonly hide: (text: string) => string;
  /** The command that runs one check again. */
  readonly reproduce: (check: CheckResult) => string;
}

/** Most findings that one check lists: more of the same say nothing new. */
const MOST_FINDINGS = 5;

/** Puts the results of a run together as a report. */
export function buildReport(input: ReportInput): Report {
  const cases = input.results.map((result) => reportCase(result, input));
  return {
    tool: toolInfo(),
    target: input.target,
    startedAt: input.startedAt.toISOString(),
    durationMs: Math.round(input.durationMs),
    summary: summarise(cases),
    rootCause: input.rootCause,
    requirements: reportRequirements(input),
    cases,
    notes: input.notes.map(input.hide),
  };
}

/** Name and version of this program, and the version of the catalogue and suites that it judges by. */
export function toolInfo(): Report['tool'] {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string };
  return { name: 'mcp-assay', version, catalogue: version };
}

function reportCase(result: CheckResult, input: ReportInput): ReportedCase {
  const ruling = rulingOnCheck(result, input.catalogue, input.revision);
  return {
    id: result.id,
    title: result.title,
    ...spell(ruling, input.hide),
    requirements: result.requires.filter((id) => input.catalogue.get(id)?.revisions.has(input.revision)),
    findings: findingsOf(result, input),
    durationMs: result.durationMs,
    reproduce: input.hide(input.reproduce(result)),
  };
}

function spell(ruling: Ruling, hide: (text: string) => string): { verdict: ReportedVerdict; reason?: string } {
  const verdict = reported(ruling.verdict, ruling.verdict === 'skip' ? ruling.skip : undefined);
  return 'reason' in ruling ? { verdict, reason: hide(ruling.reason) } : { verdict };
}

function findingsOf(result: CheckResult, input: ReportInput): Finding[] {
  const findings = result.sightings.flatMap((sighting) => findingOf(sighting, input) ?? []);
  const order = ['fail', 'warn', 'info'];
  return findings.sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict)).slice(0, MOST_FINDINGS);
}

function findingOf({ outcome, trace }: Sighting, input: ReportInput): Finding | null {
  if (outcome.kind !== 'broken') return null;
  const requirement = input.catalogue.get(outcome.requirement);
  const ruling = rulingOf(outcome, input.catalogue, input.revision);
  if (!requirement || !ruling) return null;
  if (ruling.verdict !== 'fail' && ruling.verdict !== 'warn' && ruling.verdict !== 'info') return null;
  const { evidence } = outcome;
  const exchange = exchangesOf(trace).find((one) => one.id === evidence.exchange);
  const actual =
    evidence.actual === undefined ? {} : { actual: JSON.parse(input.hide(JSON.stringify(evidence.actual))) };
  return {
    requirement: requirement.id,
    verdict: ruling.verdict,
    message: input.hide(outcome.message),
    evidence: {
      ...(evidence.path === undefined ? {} : { path: evidence.path }),
      ...actual,
      exchange: exchange ? showExchange(exchange, input.hide) : null,
    },
    link: linkTo(requirement, input.revision),
  };
}

function reportRequirements(input: ReportInput): ReportedRequirement[] {
  const cited = new Set(input.results.flatMap((result) => result.requires));
  return input.catalogue.all.flatMap((requirement) => {
    const here = requirement.revisions.get(input.revision);
    if (!here || !cited.has(requirement.id)) return [];
    const ruling = rulingOnRequirement(requirement.id, input.results, input.catalogue, input.revision);
    return [
      {
        id: requirement.id,
        level: here.level,
        role: here.role,
        ...spell(ruling, input.hide),
        text: requirement.text,
        link: linkTo(requirement, input.revision),
        cases: input.results.filter((result) => result.requires.includes(requirement.id)).map((result) => result.id),
      },
    ];
  });
}

function linkTo(requirement: Requirement, revision: Revision): string {
  return sourceLink(revision, requirement.revisions.get(revision)?.sources[0] ?? '');
}

function summarise(cases: readonly ReportedCase[]): Report['summary'] {
  const count = (verdict: ReportedVerdict) => cases.filter((one) => one.verdict === verdict).length;
  return {
    pass: count('pass'),
    fail: count('fail'),
    warn: count('warn'),
    info: count('info'),
    notApplicable: count('not-applicable'),
    notVerified: count('not-verified'),
    blocked: count('blocked'),
    error: count('error'),
  };
}
