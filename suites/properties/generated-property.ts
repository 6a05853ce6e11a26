import type { Arbitrary } from 'fast-check';
import type { CodedCheck } from '../../harness/run/coded-check.ts';
import { traceHeader } from '../../harness/run/run-setting.ts';
import { Recorder, type Trace } from '../../harness/trace/trace.ts';
import { closePool, openPool } from '../../harness/transport/pool.ts';
import type { Place } from './place.ts';
import { blockedSightings, type ShownIn, shownSightings, type Telling } from './shown-sightings.ts';
import { type Trier, tryGenerated } from './try-generated.ts';

/** Times the limit of one step, after which nothing new is tried. */
const STEPS = 4;

/** A check that tries generated values. */
export interface GeneratedProperty<Value, Sight extends ShownIn> extends Omit<CodedCheck, 'run'>, Telling<Sight> {
  readonly values: Arbitrary<Value>;
  /** A client under a name; null when the server cannot be used. */
  open(name: string, place: Place): Promise<Trier<Value, Sight> | null>;
  /** Why nothing could be tried, where there is no client. */
  readonly blocked: string;
}

/** Makes a check of what is to be generated and how one value is tried. A failure is shrunk to the smallest that still shows it. */
export function generatedProperty<Value, Sight extends ShownIn>({
  values,
  open,
  noun,
  value,
  occasions,
  blocked,
  ...info
}: GeneratedProperty<Value, Sight>): CodedCheck {
  return {
    ...info,
    run: async (setting) => {
      const { seed, limits } = setting;
      const header = { ...traceHeader(info.id, setting), seed };
      const recorder = new Recorder();
      const pool = openPool();
      try {
        const sights = await tryGenerated({
          values,
          generation: setting,
          timeMs: STEPS * limits.stepMs,
          open: (name) => open(name, { setting, recorder, pool }),
        });
        const trace: Trace = { header, events: recorder.events };
        const sightings = sights
          ? shownSightings(sights, trace, { noun, value, occasions })
          : blockedSightings(info.requires, blocked, trace);
        return { sightings, traces: [trace], seed };
      } finally {
        await closePool(pool);
      }
    },
  };
}
