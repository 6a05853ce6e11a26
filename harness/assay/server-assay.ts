import type { Revision } from '../../spec/revisions.ts';
import { buildReport, type ReportContext, reportCase } from '../report/build-report.ts';
import type { Report, ReportedCase } from '../report/report.ts';
import { type Survey, survey } from '../survey/survey.ts';
import { hideStrings } from '../target/hide-strings.ts';
import { hider } from '../target/target.ts';
import type { Trace } from '../trace/trace.ts';
import type { CheckInfo, CheckResult } from '../verdict/check.ts';
import { isObject } from '../wire/json-rpc.ts';
import { reproduceLine } from './reproduce.ts';
import type { ServerAssayOptions } from './server-assay-options.ts';
import { blockedWork, startWork } from './server-work.ts';
import { remarkOnUncalled } from './uncalled-tools.ts';

/** A server that is being judged at one revision. */
export interface ServerAssay {
  /** The revision agreed on; for a target that cannot be judged the one that was asked for. */
  readonly revision: Revision;
  /** Why nothing can be judged, or null. */
  readonly hopeless: string | null;
  /** Every check that runs, with a way to wait for what came of it. */
  readonly checks: readonly (CheckInfo & { readonly reported: () => Promise<ReportedCase> })[];
  /** Waits for every check; gives the whole report and all that went over the wire. */
  finish(): Promise<{ readonly report: Report; readonly traces: readonly Trace[] }>;
}

/**
 * Takes a first look at a server and starts judging it. The command line and a vitest file both use this, so that their
 * verdicts are the same.
 *
 * @param wanted the revision to insist on, or null for the newest that the server accepts
 * @throws UsageError when none of the selected checks speaks of the revision
 */
export async function startServerAssay(options: ServerAssayOptions, wanted: Revision | null): Promise<ServerAssay> {
  const clock = { startedAt: new Date(), start: performance.now() };
  options.onProgress?.({ kind: 'survey', revision: wanted });
  const found = await survey(options.target, options.limits, wanted);
  const revision = found.kind === 'judgeable' ? found.revision : found.trace.header.revision;
  const hide = hider(options.target);
  const context: ReportContext = {
    revision,
    catalogue: options.catalogue,
    hide,
    reproduce: (check) => reproduceLine(options.commandLine, check, revision),
  };
  const work = found.kind === 'judgeable' ? startWork(found, options) : blockedWork(found, options, revision);
  const uncalled = found.kind === 'judgeable' ? remarkOnUncalled(found.variables.tools, options.call) : [];
  const marked = (result: CheckResult, reported: ReportedCase) =>
    options.baseline?.mark(reported, result, revision) ?? reported;
  return {
    revision,
    hopeless: found.kind === 'hopeless' ? hide(found.reason) : null,
    checks: work.checks.map(({ result, ...info }) => ({
      ...info,
      reported: () => result.then((one) => marked(one, reportCase(one, context))),
    })),
    finish: async () => {
      const { results, traces, rootCause, notes } = await work.done;
      const report = buildReport({
        ...context,
        target: targetOf(found, options),
        results,
        rootCause: rootCause && { ...rootCause, reason: hide(rootCause.reason) },
        startedAt: clock.startedAt,
        durationMs: performance.now() - clock.start,
        notes: [...options.notes, ...(found.notes ?? []), ...uncalled, ...notes],
      });
      const byId = new Map(results.map((result) => [result.id, result]));
      const cases = report.cases.map((one) => {
        const result = byId.get(one.id);
        return result ? marked(result, one) : one;
      });
      return { report: { ...report, cases, ...baselineOf(options) }, traces };
    },
  };
}

/** The known failures as a report shows them, where there are any. */
export function baselineOf({ baseline }: Pick<ServerAssayOptions, 'baseline'>): Pick<Report, 'baseline'> {
  return baseline ? { baseline: baseline.summary() } : {};
}

function targetOf(found: Survey, { target }: ServerAssayOptions): Report['target'] {
  const hide = hider(target);
  const { header } = found.trace;
  const server = found.kind === 'judgeable' ? found.variables.server : null;
  const info = isObject(server) ? (server.serverInfo ?? null) : null;
  return {
    kind: 'server',
    ...(target.command
      ? { command: [target.command.command, ...target.command.args].map(hide) }
      : { url: header.target }),
    serverInfo: hideStrings(info, hide),
    revision: found.kind === 'judgeable' ? found.revision : null,
    transport: header.transport,
  };
}
