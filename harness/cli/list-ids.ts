import type { Requirement, RequirementInRevision } from '../../spec/catalogue.ts';
import { ROLES } from '../../spec/requirement-file.ts';
import { REVISIONS } from '../../spec/revisions.ts';
import { didYouMean } from '../assay/nearest.ts';
import { allChecks, matcher } from '../assay/select-checks.ts';
import { UsageError } from '../assay/usage-error.ts';
import { readReport } from '../report/read-report.ts';
import type { ReportedVerdict } from '../report/report.ts';
import { withoutRevision } from '../report/standing.ts';
import { checksAt } from '../run/checks-at.ts';
import type { CheckInfo } from '../verdict/check.ts';
import { loadClientSuites, loadSuites } from './load-suites.ts';

/** What to list. */
export interface ListFlags {
  readonly role?: string;
  readonly area?: string;
  readonly level?: string;
  readonly revision?: string;
  readonly verdict?: string;
  readonly report?: string;
}

const LEVELS = ['MUST', 'SHOULD', 'MAY'] as const;
const VERDICTS = ['pass', 'fail', 'warn', 'info', 'error', 'not-applicable', 'not-verified', 'blocked'] as const;

/**
 * The requirements and checks that fit, a line each.
 *
 * @throws UsageError for a value that does not exist, and for an expression that matches no id
 * @throws DataFileError for a report that cannot be used
 */
export function listIds(glob: string | undefined, flags: ListFlags): string[] {
  const [role, level, revision] = [
    oneOf('role', flags, ROLES),
    oneOf('level', flags, LEVELS),
    oneOf('revision', flags, REVISIONS),
  ];
  const judged = verdictsIn(flags);
  const { suites, catalogue } = loadSuites();
  const checks = [...allChecks(suites), ...allChecks(loadClientSuites().suites)];
  const area = oneOf('area', flags, [...new Set(catalogue.all.map((requirement) => requirement.area))]);
  const matches = matcher(glob ?? '*');
  const ids = [...catalogue.all, ...checks].map((one) => one.id);
  if (!ids.some(matches)) {
    throw new UsageError(
      `nothing is called ${glob}${didYouMean(glob ?? '', ids) || '; "mcp-assay list" without it shows everything'}`,
    );
  }
  const found = new Map<string, Found>();
  for (const requirement of catalogue.all) {
    if (area !== undefined && requirement.area !== area) continue;
    const here = [...requirement.revisions]
      .reverse()
      .find(
        ([one, { role: bound, level: binding }]) =>
          (revision === undefined || one === revision) &&
          (role === undefined || binds(bound, role)) &&
          (level === undefined || binding === level),
      );
    if (here) found.set(requirement.id, { requirement, here: here[1] });
  }
  const held = revision === undefined ? checks : checksAt(checks, catalogue, revision);
  return [
    ...[...found.values()]
      .filter(({ requirement: { id } }) => matches(id) && judged.requirement(id))
      .map(requirementLine),
    ...held
      .filter((one) => matches(one.id) && judged.check(one.id) && one.requires.some((id) => found.has(id)))
      .map(checkLine),
  ];
}

/** A requirement with what it is where it fits, in the newest such revision. */
interface Found {
  readonly requirement: Requirement;
  readonly here: RequirementInRevision;
}

function oneOf<T extends string>(name: keyof ListFlags, flags: ListFlags, known: readonly T[]): T | undefined {
  const given = flags[name];
  if (given === undefined) return undefined;
  const found = known.find((one) => one === given);
  if (found !== undefined) return found;
  throw new UsageError(
    `--${name}: there is no ${name} ${JSON.stringify(given)}${didYouMean(given, known)}; known are ${known.join(', ')}`,
  );
}

function binds(bound: string, role: string): boolean {
  return bound === role || (bound === 'both' && (role === 'server' || role === 'client'));
}

/** Which ids have the wanted verdict in a report; all of them when none is wanted. */
function verdictsIn(flags: ListFlags) {
  const { report } = flags;
  const verdict = oneOf('verdict', flags, VERDICTS);
  if ((verdict === undefined) !== (report === undefined)) {
    throw new UsageError('--verdict and --report go together: the verdict to look for, and the report to look in');
  }
  if (report === undefined) return { requirement: () => true, check: () => true };
  const { requirements, cases } = readReport(report);
  const having = (all: readonly { readonly id: string; readonly verdict: ReportedVerdict }[]) =>
    new Set(all.filter((one) => one.verdict === verdict).map((one) => withoutRevision(one.id)));
  const [wanted, wantedChecks] = [having(requirements), having(cases)];
  return { requirement: (id: string) => wanted.has(id), check: (id: string) => wantedChecks.has(id) };
}

function requirementLine({ requirement: { id, text }, here }: Found): string {
  return `requirement  ${id}  ${here.role}  ${text}`;
}

function checkLine({ id, title }: CheckInfo): string {
  return `check        ${id}  ${title}`;
}
