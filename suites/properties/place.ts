import type { RunSetting } from '../../harness/run/run-setting.ts';
import type { Recorder } from '../../harness/trace/trace.ts';
import type { openPool } from '../../harness/transport/pool.ts';

/** Where generated values are tried: against what, over which connections, and where it is recorded. */
export interface Place {
  readonly setting: RunSetting;
  readonly recorder: Recorder;
  readonly pool: ReturnType<typeof openPool>;
}
