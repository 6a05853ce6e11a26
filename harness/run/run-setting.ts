import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf, type Revision } from '../../spec/revisions.ts';
import type { Limits } from '../target/limits.ts';
import { hider, originOf, type Target, transportOf } from '../target/target.ts';
import type { TraceHeader } from '../trace/trace.ts';

/** What every case of a run has in common. */
export interface RunSetting {
  readonly target: Target;
  readonly revision: Revision;
  readonly limits: Limits;
  /** Values for placeholders: what the survey saw of the server, and the stimuli. */
  readonly variables: { readonly [name: string]: Json };
}

/** The beginning of a trace for a case, property or probe of this run. */
export function traceHeader(name: string, setting: RunSetting): TraceHeader {
  return {
    version: 1,
    case: name,
    side: 'server',
    revision: setting.revision,
    transport: transportOf(setting.target),
    target: hider(setting.target)(setting.target.url),
    startedAt: new Date().toISOString(),
    variables: { ...setting.variables, ...revisionVariables(setting.revision), ...addressVariables(setting.target) },
  };
}

/** What placeholders may say of the revision: its name, and the method by which a server shows that it works. */
export function revisionVariables(revision: Revision) {
  return { revision, alive: factsOf(revision).aliveMethod };
}

/** What placeholders may say of where the target is. */
export function addressVariables(target: Target): JsonObject {
  const origin = originOf(target);
  return { origin, path: origin ? new URL(target.url).pathname.replace(/\/$/, '') : '' };
}
