import type { Json, JsonObject } from '../../spec/messages.ts';
import { factsOf, type Revision } from '../../spec/revisions.ts';
import type { Limits } from '../target/limits.ts';
import { hider, originOf, type Target, transportOf } from '../target/target.ts';
import type { TraceHeader } from '../trace/trace.ts';
import type { Connections } from '../transport/connections.ts';

/** What every case of a run has in common. */
export interface RunSetting {
  readonly target: Target;
  readonly revision: Revision;
  readonly limits: Limits;
  /** Values for placeholders: what the survey saw of the server, and the stimuli. */
  readonly variables: { readonly [name: string]: Json };
  /** Connections that cases leave to one another; without them each has its own, as have those that are given nothing. */
  readonly connections?: Connections;
}

/** The beginning of a trace for a case, property or probe of this run. */
export function traceHeader(name: string, setting: RunSetting): TraceHeader {
  return { ...commonHeader(setting), case: name, startedAt: new Date().toISOString() };
}

type CommonHeader = Omit<TraceHeader, 'case' | 'startedAt'>;

const known = new WeakMap<RunSetting, CommonHeader>();

/** What all traces of a setting begin with. */
function commonHeader(setting: RunSetting): CommonHeader {
  const before = known.get(setting);
  if (before) return before;
  const { target, revision, variables } = setting;
  const header: CommonHeader = {
    version: 1,
    side: 'server',
    revision,
    transport: transportOf(target),
    target: hider(target)(target.url),
    variables: { ...variables, ...settledVariables(setting) },
  };
  known.set(setting, header);
  return header;
}

/**
 * What placeholders may say whatever was seen: the revision, the method by which a server of it shows that it works, and where
 * the target is.
 */
export function settledVariables({ revision, target }: RunSetting): JsonObject {
  const origin = originOf(target);
  const path = origin ? new URL(target.url).pathname.replace(/\/$/, '') : '';
  return { revision, alive: factsOf(revision).aliveMethod, origin, path };
}
