import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Report } from '../report/report.ts';
import { hider } from '../target/target.ts';
import { readTraces, writeTraces } from '../trace/trace-file.ts';
import { judgeTraces } from './judge-traces.ts';
import { type RevisionChoice, runServerAssay } from './run-server-assay.ts';
import { assayOptions } from './testing/assay-options.ts';
import { type SmallServerOptions, startSmallServer } from './testing/small-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-judge-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'trace.jsonl');

/** Judges a server, writes the trace, and judges that again. */
async function twice(options: SmallServerOptions, globs: readonly string[] = [], revisions: RevisionChoice = 'auto') {
  const server = await startSmallServer(options);
  try {
    const asked = assayOptions(server.url, globs, [['Authorization', 'Bearer sk-0123456789']]);
    const { report, traces } = await runServerAssay(asked, revisions, { strict: false });
    writeTraces(path, traces, hider(asked.target));
    const commandLine = { words: ['judge', path], headers: [], options: [], generation: [] };
    return { live: report, again: judgeTraces(readTraces(path), { ...asked, commandLine }) };
  } finally {
    await server.close();
  }
}

/** What must not depend on whether the traffic is live. */
const judged = (report: Report) =>
  Object.fromEntries(
    report.cases.map((one) => [
      one.id,
      {
        verdict: one.verdict,
        reason: one.reason,
        findings: one.findings.map(({ requirement, verdict, message }) => ({ requirement, verdict, message })),
      },
    ]),
  );

describe('a trace judged again', () => {
  it('gets the verdicts of the run that recorded it, on a server with faults', async () => {
    const { live, again } = await twice({ wrongPing: true });
    expect(live.summary.fail).toBeGreaterThan(0);
    expect(live.summary.pass).toBeGreaterThan(10);
    expect(judged(again)).toEqual(judged(live));
    expect(again.summary).toEqual(live.summary);
    expect(again.target).toEqual(live.target);
  });

  it('gets them also where secrets were hidden in it', async () => {
    const { live, again } = await twice({ leaky: true }, ['ping.*', 'invariant.*']);
    const verdicts = (report: Report) => report.cases.map((one) => [one.id, one.verdict]).sort();
    expect(again.cases.find((one) => one.id === 'ping.answered')?.verdict).toBe('fail');
    expect(verdicts(again)).toEqual(verdicts(live));
    expect(readFileSync(path, 'utf8')).not.toContain('sk-');
  });

  it('gets them at several revisions', async () => {
    const { live, again } = await twice({ revisions: ['2025-11-25', '2025-06-18'] }, ['ping.*', 'http.get.*'], 'all');
    expect(again.target.revision).toBe('2025-11-25,2025-06-18');
    expect(judged(again)).toEqual(judged(live));
  });

  it('gets them when the server chose an older revision than the one offered', async () => {
    const { live, again } = await twice({ revisions: ['2025-03-26'] }, ['ping.*']);
    expect(live.target.revision).toBe('2025-03-26');
    expect(judged(again)).toEqual(judged(live));
  });

  it('says again why nothing could be judged', async () => {
    const { live, again } = await twice({}, ['ping.*'], ['2025-06-18']);
    expect(live.rootCause?.reason).toMatch(/does not speak revision 2025-06-18/);
    expect(again.rootCause).toEqual(live.rootCause);
    expect(judged(again)).toEqual(judged(live));
  });

  it('notes the traffic of checks that it does not know', async () => {
    await twice({}, ['ping.*']);
    const traces = readTraces(path).map((trace) =>
      trace.header.case === 'ping.answered' ? { ...trace, header: { ...trace.header, case: 'property.gone' } } : trace,
    );
    const asked = assayOptions('', ['ping.*', 'invariant.*']);
    const report = judgeTraces(traces, asked);
    expect(report.notes).toContain('Judged by the invariants only: property.gone.');
    expect(report.cases.map((one) => one.id)).not.toContain('ping.answered');
  });
});
