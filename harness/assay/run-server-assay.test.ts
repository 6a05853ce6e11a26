import { afterEach, describe, expect, it } from 'vitest';
import { deadTargets } from '../../fixtures/subjects/dead.ts';
import { validateReport } from '../report/read-report.ts';
import { limitsFor } from '../target/limits.ts';
import { BaselineWatch } from '../verdict/baseline.ts';
import { type RevisionChoice, runServerAssay } from './run-server-assay.ts';
import { startServerAssay } from './server-assay.ts';
import type { ServerAssayOptions } from './server-assay-options.ts';
import { assayOptions } from './testing/assay-options.ts';
import { type SmallServerOptions, startSmallServer } from './testing/small-server.ts';
import { UsageError } from './usage-error.ts';

const lenient = { strict: false };
const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});

async function small(options: SmallServerOptions = {}): Promise<string> {
  const server = await startSmallServer(options);
  running.push(server);
  return server.url;
}

async function judge(
  options: SmallServerOptions,
  globs: readonly string[],
  revisions: RevisionChoice = 'auto',
  changes: Partial<ServerAssayOptions> = {},
) {
  return runServerAssay({ ...assayOptions(await small(options), globs), ...changes }, revisions, lenient);
}

describe('judging a server', () => {
  it('reports what was selected, at the newest revision that the server accepts', async () => {
    const { report, exitCode } = await judge({ revisions: ['2025-06-18'] }, ['ping.answered']);
    expect(report.cases.map((one) => [one.id, one.verdict])).toEqual([['ping.answered', 'pass']]);
    expect(report.target).toMatchObject({ revision: '2025-06-18', serverInfo: { name: 'small', version: '1' } });
    expect(report.rootCause).toBeNull();
    expect(exitCode).toBe(0);
    expect(validateReport(JSON.parse(JSON.stringify(report)))).toBe(true);
  });

  it('fails what is wrong, with the exchange and the line that shows it again', async () => {
    const { report, exitCode } = await judge({ wrongPing: true }, ['ping.answered']);
    const [one] = report.cases;
    expect(exitCode).toBe(1);
    expect(one?.verdict).toBe('fail');
    expect(one?.findings[0]?.evidence.exchange?.response?.body).toContain('"pong":true');
    expect(one?.reproduce).toBe(`npx mcp-assay server ${report.target.url} --revision 2025-11-25 --case ping.answered`);
    expect(report.requirements).toMatchObject([{ id: 'ping.respond', verdict: 'fail', cases: ['ping.answered'] }]);
  });

  it('marks a failure that the baseline lists, and then does not fail', async () => {
    const entry = { case: 'ping.answered', requirement: 'ping.respond', why: 'we know' };
    const baseline = new BaselineWatch({ file: 'known.yaml', entries: [entry] });
    const { report, exitCode } = await judge({ wrongPing: true }, ['ping.answered'], 'auto', { baseline });
    expect(exitCode).toBe(0);
    expect(report.cases[0]?.findings[0]?.expected).toBe(true);
    expect(report.baseline).toEqual({ file: 'known.yaml', entries: [{ ...entry, state: 'still-failing' }] });
  });

  it('fails when a failure that the baseline lists is gone', async () => {
    const entry = { case: 'ping.answered', requirement: 'ping.respond', why: 'we know' };
    const baseline = new BaselineWatch({ file: 'known.yaml', entries: [entry] });
    const { report, exitCode } = await judge({}, ['ping.answered'], 'auto', { baseline });
    expect(exitCode).toBe(1);
    expect(report.baseline?.entries[0]?.state).toBe('mended');
  });

  it('tells of its progress to the last check', async () => {
    const told: unknown[] = [];
    await judge({}, ['ping.answered'], 'auto', { onProgress: (progress) => told.push(progress) });
    expect(told).toEqual([
      { kind: 'survey', revision: null },
      { kind: 'judging', revision: '2025-11-25', total: 1 },
      { kind: 'checked', id: 'ping.answered', done: 1, total: 1 },
    ]);
  });

  it('gives each check by itself the verdict that the report gives', async () => {
    const assay = await startServerAssay(
      assayOptions(await small({ wrongPing: true }), ['ping.answered', 'http.get.*']),
      null,
    );
    const each = await Promise.all(assay.checks.map((check) => check.reported()));
    const { report } = await assay.finish();
    expect(each).toEqual(report.cases);
    expect(each.length).toBeGreaterThan(1);
    expect(assay.hopeless).toBeNull();
  });

  it('refuses a selection that does not speak of the revision', async () => {
    const options = assayOptions(await small({ revisions: ['2025-03-26'] }), ['jsonrpc.batch.removed']);
    await expect(runServerAssay(options, 'auto', lenient)).rejects.toThrow(UsageError);
    await expect(runServerAssay(options, 'auto', lenient)).rejects.toThrow(/speaks of revision 2025-03-26/);
  });
});

describe('judging at several revisions', () => {
  it('judges all that the server accepts and notes the others', async () => {
    const { report, exitCode } = await judge({ revisions: ['2025-11-25', '2025-03-26'] }, ['ping.answered'], 'all');
    expect(report.cases.map((one) => one.id)).toEqual(['ping.answered@2025-11-25', 'ping.answered@2025-03-26']);
    expect(report.target.revision).toBe('2025-11-25,2025-03-26');
    expect(report.notes.join('\n')).toMatch(/Not judged at 2025-06-18: it does not speak revision 2025-06-18/);
    expect(report.rootCause).toBeNull();
    expect(exitCode).toBe(0);
  });

  it('cannot call a revision judged that was asked for and refused', async () => {
    const { report, exitCode } = await judge({}, ['ping.answered'], ['2025-06-18', '2025-11-25']);
    expect(report.cases.map((one) => [one.id, one.verdict])).toEqual([
      ['ping.answered@2025-06-18', 'blocked'],
      ['ping.answered@2025-11-25', 'pass'],
    ]);
    expect(report.rootCause?.reason).toMatch(/^at revision 2025-06-18: it does not speak revision 2025-06-18/);
    expect(exitCode).toBe(3);
  });

  it('leaves out with a note the revisions that no selected check speaks of', async () => {
    const { report } = await judge(
      { revisions: ['2025-11-25', '2025-03-26'] },
      ['jsonrpc.batch.removed'],
      ['2025-11-25', '2025-03-26'],
    );
    expect(report.cases.map((one) => one.id)).toEqual(['jsonrpc.batch.removed@2025-11-25']);
    expect(report.notes).toContain('Not judged at 2025-03-26: none of the selected checks speaks of it.');
  });

  it('gives one root cause when the target is down, and does not ask again and again', async () => {
    const asked: unknown[] = [];
    const options = {
      ...assayOptions('http://127.0.0.1:1/mcp', []),
      onProgress: (progress: unknown) => asked.push(progress),
    };
    const { report, exitCode } = await runServerAssay(options, 'all', lenient);
    expect(exitCode).toBe(3);
    expect(report.rootCause?.reason).toMatch(/nothing accepts connections there/);
    expect(new Set(report.cases.map((one) => one.verdict))).toEqual(new Set(['blocked']));
    expect(asked).toHaveLength(1);
  });
});

describe('a target that cannot be judged', () => {
  const ways = Object.entries(deadTargets).flatMap(([name, subject]) => [
    [name, 'auto', subject] as const,
    [name, 'http+sse', subject] as const,
  ]);
  it.each(ways)('%s over %s: one root cause, zero passes, exit code 3', async (_, transport, subject) => {
    const target = await subject.start();
    running.push(target);
    const ordinary = { ...assayOptions(target.url, []), limits: limitsFor(700) };
    const over = transport === 'auto' ? {} : { transport };
    const options = { ...ordinary, target: { ...ordinary.target, ...over } };
    const { report, exitCode } = await runServerAssay(options, 'auto', lenient);
    const reason = report.rootCause?.reason;
    expect(exitCode).toBe(3);
    expect(report.rootCause?.case).toBe('survey');
    expect(report.summary).toMatchObject({ pass: 0, fail: 0, warn: 0, info: 0, blocked: report.cases.length });
    expect(report.cases.length).toBeGreaterThan(50);
    expect(new Set(report.cases.map((one) => one.reason))).toEqual(new Set([reason]));
    expect(validateReport(JSON.parse(JSON.stringify(report)))).toBe(true);
  });
});
