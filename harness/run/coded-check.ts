import type { Transport } from '../../spec/revisions.ts';
import type { Trace } from '../trace/trace.ts';
import type { CheckInfo, CheckResult } from '../verdict/check.ts';
import type { RunSetting } from './run-setting.ts';

/** How much traffic is generated, and from what. */
export interface Generation {
  readonly runs: number;
  readonly seed: number;
  /** How many clients may be at it at a time; one when absent. */
  readonly clients?: number;
}

/** A check that makes its own traffic in code: a property over generated input, or a probe. */
export interface CodedCheck extends CheckInfo {
  /** The transports it speaks of; all when absent. */
  readonly transports?: readonly Transport[];
  /** A range of revisions; without it, where a required rule holds. */
  readonly revisions?: string;
  /** Drives the target and judges what it saw. */
  run(setting: RunSetting & Generation): Promise<{
    sightings: CheckResult['sightings'];
    traces: readonly Trace[];
    seed?: number;
  }>;
}
