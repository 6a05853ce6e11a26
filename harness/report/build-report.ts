import { type Catalogue, type Requirement, sourceLink, textAt } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import { exchangesOf } from '../trace/exchange.ts';
import { type CheckResult, rulingOf, rulingOnCheck, rulingsOnRequirements, type Sighting } from '../verdict/check.ts';
import type { Ruling } from '../verdict/verdict.ts';
import { hideAndCut } from './hide-and-cut.ts';
import {
  type Finding,
  type Report,
  type ReportedCase,
  type ReportedRequirement,
  type ReportedVerdict,
  reported,
} from './report.ts';
import { shorten } from './shorten.ts';
import { showExchange } from './show-exchange.ts';
import { toolInfo } from './tool-info.ts';

/** What it takes to report one check. */
export interface ReportContext {
  readonly revision: Revision;
  readonly catalogue: Catalogue;
  /** Hides secrets in a text. */
  readonly hide: (text: string) => string;
  /** The command that runs one check again; it holds no secret. */
  readonly reproduce: (check: CheckResult) => string;
}

/** What a report is made from. */
export interface ReportInput extends ReportContext {
  readonly target: Report['target'];
  readonly results: readonly CheckResult[];
  readonly rootCause: Report['rootCause'];
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly notes: readonly string[];
}

/** Most findings that one check lists for one requirement: more of the same say nothing new. */
const MOST_FINDINGS = 5;
/** Most characters of a message. */
const MOST_CHARACTERS = 1_000;

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

/** One check as a report shows it. */
export function reportCase(result: CheckResult, input: ReportContext): ReportedCase {
  const ruling = rulingOnCheck(result, input.catalogue, input.revision);
  return {
    id: result.id,
    title: result.title,
    ...spell(ruling, input.hide),
    requirements: result.requires.filter((id) => input.catalogue.get(id)?.revisions.has(input.revision)),
    findings: findingsOf(result, input),
    durationMs: result.durationMs,
    reproduce: input.reproduce(result),
  };
}

function spell(ruling: Ruling, hide: (text: string) => string): { verdict: ReportedVerdict; reason?: string } {
  const verdict = reported(ruling.verdict, ruling.verdict === 'skip' ? ruling.skip : undefined);
  return 'reason' in ruling ? { verdict, reason: hide(ruling.reason) } : { verdict };
}

function findingsOf(result: CheckResult, input: ReportContext): Finding[] {
  const count = new Map<string, number>();
  const seldom = result.sightings.filter(({ outcome }) => {
    if (outcome.kind !== 'broken') return false;
    const key = `${outcome.requirement} ${outcome.atMost}`;
    count.set(key, (count.get(key) ?? 0) + 1);
    return (count.get(key) ?? 0) <= MOST_FINDINGS;
  });
  const order = ['fail', 'warn', 'info'];
  return seldom
    .flatMap((sighting) => findingOf(sighting, input) ?? [])
    .sort((a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict));
}

function findingOf({ outcome, trace }: Sighting, input: ReportContext): Finding | null {
  if (outcome.kind !== 'broken') return null;
  const requirement = input.catalogue.get(outcome.requirement);
  const ruling = rulingOf(outcome, input.catalogue, input.revision);
  if (!requirement || !ruling) return null;
  if (ruling.verdict !== 'fail' && ruling.verdict !== 'warn' && ruling.verdict !== 'info') return null;
  const { evidence } = outcome;
  const exchange = exchangesOf(trace).find((one) => one.id === evidence.exchange);
  return {
    requirement: requirement.id,
    verdict: ruling.verdict,
    message: hideAndCut(outcome.message, MOST_CHARACTERS, input.hide),
    evidence: {
      ...(evidence.path === undefined ? {} : { path: evidence.path }),
      ...(evidence.actual === undefined ? {} : { actual: shorten(evidence.actual, input.hide) }),
      exchange: exchange ? showExchange(exchange, input.hide) : null,
    },
    link: linkTo(requirement, input.revision),
  };
}

function reportRequirements(input: ReportInput): ReportedRequirement[] {
  const rulingOn = rulingsOnRequirements(input.results, input.catalogue, input.revision);
  const cited = new Set(input.results.flatMap((result) => result.requires));
  return input.catalogue.all.flatMap((requirement) => {
    const here = requirement.revisions.get(input.revision);
    if (!here || !cited.has(requirement.id)) return [];
    return [
      {
        id: requirement.id,
        level: here.level,
        role: here.role,
        ...spell(rulingOn(requirement.id), input.hide),
        text: textAt(requirement, input.revision),
        link: linkTo(requirement, input.revision),
        cases: input.results.filter((result) => result.requires.includes(requirement.id)).map((result) => result.id),
      },
    ];
  });
}

function linkTo(requirement: Requirement, revision: Revision): string {
  return sourceLink(revision, requirement.revisions.get(revision)?.sources[0] ?? '');
}

/** How many checks got which verdict. */
export function summarise(cases: readonly ReportedCase[]): Report['summary'] {
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
