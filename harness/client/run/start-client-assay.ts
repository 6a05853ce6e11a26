import { join } from 'node:path';
import pLimit from 'p-limit';
import { type Catalogue, catalogue as projectCatalogue } from '../../../spec/catalogue.ts';
import type { Json } from '../../../spec/messages.ts';
import { packageRoot } from '../../../spec/package-root.ts';
import type { Revision } from '../../../spec/revisions.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { checksAt } from '../../run/checks-at.ts';
import { judgeInvariant } from '../../run/judge-invariant.ts';
import type { Limits } from '../../target/limits.ts';
import type { Trace } from '../../trace/trace.ts';
import type { CheckInfo, CheckResult } from '../../verdict/check.ts';
import type { ClientCase } from '../case/client-case.ts';
import { loadClientCases } from '../case/load-client-cases.ts';
import { clientInvariants } from '../invariants/client-invariants.ts';
import { checkBlocked, checkCase, infoOf } from './check-client-case.ts';
import { surveyClient } from './client-survey.ts';
import type { StartClient } from './client-under-test.ts';
import { commandClient } from './command-client.ts';
import type { ClientSetting } from './run-client-case.ts';

/** What a client is judged by. */
export interface ClientSuites {
  readonly cases: readonly ClientCase[];
  readonly invariants: readonly Invariant[];
}

/** How a run goes about its work. */
export interface ClientRunOptions {
  /** The revision to judge at; null for the one that the client offers. */
  readonly revision: Revision | null;
  readonly limits: Limits;
  /** How many clients run at the same time. */
  readonly concurrency: number;
  /** Which cases and invariants to judge by, by their ids; all without it. */
  readonly caseFilter?: (id: string) => boolean;
  /** Told of each finished check, so that long work shows progress. */
  readonly onChecked?: (id: string, done: number, total: number) => void;
}

/** A command and how to judge it. */
export interface ClientAssayOptions extends ClientRunOptions {
  /** Program and arguments; the server's address is appended. */
  readonly command: readonly string[];
  /** Variables for the command on top of those of this process. */
  readonly env?: { readonly [name: string]: string };
}

/** A client assay under way: a promise for each check, and one for all. */
export interface StartedClientAssay {
  /** The revision judged at: the one wished for where the client could not be judged. */
  readonly revision: Revision;
  /** What the client says of itself, or null. */
  readonly clientInfo: Json;
  /** Why nothing could be judged (every check is then blocked), or null. */
  readonly rootCause: null | { readonly case: string; readonly reason: string };
  readonly checks: readonly (CheckInfo & { readonly result: Promise<CheckResult> })[];
  /** Settles when every check is done; never rejects. */
  readonly done: Promise<{ readonly results: readonly CheckResult[]; readonly traces: readonly Trace[] }>;
}

/** The suites that judge a client. */
export function clientSuites(): ClientSuites {
  return {
    cases: loadClientCases(join(packageRoot, 'suites/client'), projectCatalogue()),
    invariants: clientInvariants,
  };
}

/** Takes a first look at a client and, when it can be judged, starts every check that speaks of the revision. */
export function startClientAssay(options: ClientAssayOptions): Promise<StartedClientAssay> {
  const start = commandClient(options.command, options.env);
  return assayClient(start, options.command.join(' '), clientSuites(), projectCatalogue(), options);
}

/** Like `startClientAssay`, for a client that is not a command and with any suites. */
export async function assayClient(
  start: StartClient,
  name: string,
  suites: ClientSuites,
  catalogue: Catalogue,
  options: ClientRunOptions,
): Promise<StartedClientAssay> {
  const { limits, caseFilter = () => true } = options;
  const survey = await surveyClient({ start, name, limits }, options.revision);
  const { revision } = survey.trace.header;
  const cases = checksAt(suites.cases, catalogue, revision).filter(({ id }) => caseFilter(id));
  const invariants = checksAt(suites.invariants, catalogue, revision).filter(({ id }) => caseFilter(id));
  const traces: Trace[] = [...survey.traces];
  let rootCause: StartedClientAssay['rootCause'] = null;
  let running: RunningCheck[];
  if (survey.kind === 'hopeless') {
    rootCause = { case: 'survey', reason: survey.reason };
    running = [...cases, ...invariants].map((check) => checkBlocked(check, survey));
  } else {
    const { answerAs, variables } = survey;
    const setting: ClientSetting = { start, name, revision, limits, answerAs, variables };
    const limit = pLimit(options.concurrency);
    const driven = cases.map((testCase) => ({
      ...infoOf(testCase),
      result: limit(async () => {
        const { result, trace } = await checkCase(testCase, setting);
        if (trace) traces.push(trace);
        return result;
      }),
    }));
    const allTraffic = Promise.all(driven.map(({ result }) => result));
    const standing = invariants.map((invariant) => ({
      ...infoOf(invariant),
      result: allTraffic.then(() => judgeInvariant(invariant, traces)),
    }));
    running = [...driven, ...standing];
  }
  let done = 0;
  const checks = running.map(({ result, ...info }) => ({
    ...info,
    result: result.then((found) => {
      done += 1;
      options.onChecked?.(info.id, done, running.length);
      return found;
    }),
  }));
  return {
    revision,
    clientInfo: survey.kind === 'judgeable' ? survey.facts.clientInfo : null,
    rootCause,
    checks,
    done: Promise.all(checks.map(({ result }) => result)).then((results) => ({ results, traces })),
  };
}

type RunningCheck = StartedClientAssay['checks'][number];
