import type { Trace } from '../../trace/trace.ts';
import type { CheckInfo, CheckResult } from '../../verdict/check.ts';
import type { ClientCase } from '../case/client-case.ts';
import { unmetClientNeed } from '../judge/client-needs.ts';
import { judgeClientCase } from '../judge/judge-client-case.ts';
import type { ClientSurvey } from './client-survey.ts';
import { type ClientSetting, clientTraceHeader, runClientCase } from './run-client-case.ts';

/** Runs and judges one case; a case that the client gives no occasion for is judged without a run. Never rejects. */
export async function checkCase(
  testCase: ClientCase,
  setting: ClientSetting,
): Promise<{ result: CheckResult; trace: Trace | null }> {
  const start = performance.now();
  const info = infoOf(testCase);
  const durationMs = () => Math.round(performance.now() - start);
  try {
    const { id, scenario, context, server } = testCase;
    const trace = unmetClientNeed(testCase, setting.variables)
      ? null
      : (await runClientCase({ id, scenario, context, server }, setting)).trace;
    const judged = trace ?? { header: clientTraceHeader(id, setting), events: [] };
    const sightings = judgeClientCase(testCase, judged).map((outcome) => ({ outcome, trace: judged }));
    return { result: { ...info, sightings, harnessFailure: null, durationMs: durationMs() }, trace };
  } catch (error) {
    const harnessFailure = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { result: { ...info, sightings: [], harnessFailure, durationMs: durationMs() }, trace: null };
  }
}

/** A check of a client that cannot be judged: blocked, for the reason that the survey found. */
export function checkBlocked(
  check: CheckInfo,
  { reason, trace }: ClientSurvey & { kind: 'hopeless' },
): CheckInfo & { readonly result: Promise<CheckResult> } {
  const info = infoOf(check);
  const sightings = info.requires.map((requirement) => ({
    outcome: { requirement, kind: 'skip' as const, skip: 'blocked' as const, reason },
    trace,
  }));
  return { ...info, result: Promise.resolve({ ...info, sightings, harnessFailure: null, durationMs: 0 }) };
}

/** What a check has to say of itself, and nothing else. */
export function infoOf({ id, title, requires }: CheckInfo): CheckInfo {
  return { id, title, requires };
}
