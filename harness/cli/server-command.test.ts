import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { deadTargets } from '../../fixtures/subjects/dead.ts';
import { type SmallServerOptions, startSmallServer } from '../assay/testing/small-server.ts';
import { validateReport } from '../report/read-report.ts';
import type { Report } from '../report/report.ts';
import { elements, readXml } from '../report/testing/xml.ts';
import { runCli } from './testing/spawn-cli.ts';

// Each test starts whole processes, which a busy machine does slowly.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'assay-server-'));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string) => join(folder, name);
const read = (name: string) => readFileSync(inFolder(name), 'utf8');

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.close()));
});
async function small(options: SmallServerOptions = {}): Promise<string> {
  const server = await startSmallServer(options);
  running.push(server);
  return server.url;
}

function reportIn(text: string): Report {
  const value: unknown = JSON.parse(text);
  if (!validateReport(value)) throw new Error(JSON.stringify(validateReport.errors));
  return value;
}

describe('server URL', () => {
  it('gives exit code 0 and the verdict on standard output when nothing fails', async () => {
    const { code, stdout, stderr } = await runCli(['server', await small(), '--case', 'ping.answered']);
    expect(stdout).toContain('Verdict   nothing failed: 1 passed\n');
    expect(stderr).toContain('1 check at revision 2025-11-25');
    expect(`${stdout}${stderr}`).not.toContain('\u001b');
    expect(code).toBe(0);
  });

  it('gives exit code 1 and what shows it when something fails', async () => {
    const url = await small({ wrongPing: true });
    const { code, stdout } = await runCli(['server', url, '--case', 'ping.answered']);
    expect(code).toBe(1);
    expect(stdout).toContain('FAIL  ping.answered');
    expect(stdout).toContain('A server MUST answer ping promptly with an empty result.');
    expect(stdout).toContain('"result":{"pong":true}}');
    expect(stdout).toContain(`Again: npx mcp-assay server ${url} --revision 2025-11-25 --case ping.answered\n`);
  });

  it('writes every format at once, and nothing but the report to standard output when that was asked for', async () => {
    const files = { junit: 'r.xml', markdown: 'r.md', badge: 'r.svg', trace: 'r.jsonl' };
    const { code, stdout, stderr } = await runCli([
      ...['server', await small({ wrongPing: true }), '--case', 'ping.answered', '--case', 'http.get.*', '--json', '-'],
      ...Object.entries(files).flatMap(([name, path]) => [`--${name}`, inFolder(path)]),
    ]);
    const report = reportIn(stdout);
    expect(code).toBe(1);
    expect(stderr).toContain('FAIL  ping.answered');
    expect(report.summary.fail).toBe(1);
    expect(elements(readXml(read('r.xml')), 'failure')).toHaveLength(1);
    expect(read('r.md')).toContain('MCP conformance&#58; 1 of'.replace('&#58;', ':'));
    expect(read('r.svg')).toContain('1 failing');

    const again = await runCli([
      'judge',
      inFolder('r.jsonl'),
      '--case',
      'ping.answered',
      '--case',
      'http.get.*',
      '--json',
      '-',
    ]);
    const verdicts = ({ cases }: Report) => Object.fromEntries(cases.map((one) => [one.id, one.verdict]));
    const other = await runCli(['judge', inFolder('r.jsonl'), '--case', 'tools.list*']);
    expect(other.stderr).toMatch(/r\.jsonl holds no traffic of the checks that --case selects\n$/);
    expect(other.code).toBe(2);
    expect(again.code).toBe(1);
    expect(verdicts(reportIn(again.stdout))).toEqual(verdicts(report));
  });

  it('appends to the job summary of GitHub Actions and overwrites other files', async () => {
    const url = await small();
    writeFileSync(inFolder('summary.md'), 'before\n');
    writeFileSync(inFolder('other.json'), 'before\n');
    await runCli(
      [
        'server',
        url,
        '--case',
        'ping.answered',
        '--markdown',
        inFolder('summary.md'),
        '--badge',
        inFolder('other.json'),
      ],
      { GITHUB_STEP_SUMMARY: inFolder('summary.md') },
    );
    expect(read('summary.md')).toMatch(/^before\n## ✅ /);
    expect(JSON.parse(read('other.json'))).toMatchObject({ message: '2025-11-25 passing (1)' });
  });

  it('fails with --strict on a rule that nothing exercised', async () => {
    const args = ['server', await small(), '--case', 'ping.answered', '--case', 'invariant.*'];
    const plain = await runCli([...args, '--json', '-']);
    expect(reportIn(plain.stdout).summary.notVerified).toBeGreaterThan(0);
    expect(plain.code).toBe(0);
    expect((await runCli([...args, '--strict'])).code).toBe(1);
  });

  it('takes known failures from a baseline that the config file names, and fails when one is mended', async () => {
    writeFileSync(
      inFolder('known.yaml'),
      'known-failures: [{case: ping.answered, requirement: ping.respond, why: we know}]\n',
    );
    writeFileSync(inFolder('assay.yaml'), 'baseline: known.yaml\nrevision: 2025-06-18\n');
    const args = ['--case', 'ping.answered', '--config', inFolder('assay.yaml')];
    const both = { revisions: ['2025-11-25', '2025-06-18'] };
    const known = await runCli(['server', await small({ ...both, wrongPing: true }), ...args]);
    expect(known.stdout).toContain('Known failures: ping.answered\n');
    expect(known.stdout).toContain('Revision  2025-06-18');
    expect(known.code).toBe(0);
    const mended = await runCli(['server', await small(both), ...args]);
    expect(mended.stdout).toMatch(
      /MENDED {2}ping\.answered no longer breaks ping\.respond: remove that entry from .*known/,
    );
    expect(mended.code).toBe(1);
  });

  it('judges at several revisions in one report', async () => {
    const url = await small({ revisions: ['2025-11-25', '2025-06-18'] });
    const { stdout, code } = await runCli([
      'server',
      url,
      '--case',
      'ping.answered',
      '--revision',
      'all',
      '--json',
      '-',
    ]);
    expect(reportIn(stdout).cases.map((one) => one.id)).toEqual([
      'ping.answered@2025-11-25',
      'ping.answered@2025-06-18',
    ]);
    expect(code).toBe(0);
  });

  it('colours only a terminal, or when told to', async () => {
    const args = ['server', await small(), '--case', 'ping.answered'];
    expect((await runCli(args, { FORCE_COLOR: '1' })).stdout).toContain('\u001b[');
    expect((await runCli(args, { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain('\u001b');
  });

  it('lets no name that a server gives itself act on the terminal', async () => {
    const { stdout } = await runCli([
      'server',
      await small({ name: 'evil\u001b[2J\r\n\u202e' }),
      '--case',
      'ping.answered',
    ]);
    expect(stdout).toContain('(evil\\x1b[2J\\r\\n\\u{202e} 1)');
    expect(stdout).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  });
});

describe('secrets', () => {
  it('are in no output, even when the server sends them back', async () => {
    const secret = 'sk-TOPSECRET-0123456789';
    const { stdout, stderr, code } = await runCli([
      ...[
        'server',
        await small({ leaky: true }),
        '--header',
        `Authorization: Bearer ${secret}`,
        '--json',
        '-',
        '--verbose',
      ],
      ...['--case', 'ping.answered', '--case', 'http.*', '--junit', inFolder('s.xml'), '--markdown', inFolder('s.md')],
      ...['--trace', inFolder('s.jsonl')],
    ]);
    const all = [stdout, stderr, read('s.xml'), read('s.md'), read('s.jsonl')];
    expect(code).toBe(1);
    for (const text of all) expect(text).not.toMatch(/sk-|TOPSECRET|Bearer s/);
    for (const text of all) expect(text).toContain('[hidden]');
    const [ping] = reportIn(stdout).cases.filter((one) => one.id === 'ping.answered');
    expect(ping?.reproduce).toMatch(/ --header "Authorization: \$AUTHORIZATION"$/);
    expect(ping?.findings[0]?.evidence.exchange?.request.headers).toContain('Authorization: [hidden]');
  });
});

describe('a target that cannot be judged', () => {
  const sentences: [name: keyof typeof deadTargets, sentence: RegExp][] = [
    ['nothing-listens', /nothing accepts connections there/],
    ['html-site', /text\/html/],
    ['wants-credentials', /it wants credentials; give them with --header/],
    ['always-500', /HTTP 500/],
    ['never-answers', /did not answer initialize in time/],
  ];

  it.each(sentences)('%s: exit code 3, one sentence, zero passes', async (name, sentence) => {
    const target = await deadTargets[name]?.start();
    if (!target) throw new Error(`there is no subject ${name}`);
    running.push(target);
    const { code, stdout, stderr } = await runCli(['server', target.url, '--timeout', '1500', '--json', '-']);
    const { rootCause, summary, cases } = reportIn(stdout);
    const [line, ...more] = stderr.split('\n').filter((text) => sentence.test(text));
    expect(code).toBe(3);
    expect(rootCause?.reason).toMatch(sentence);
    expect(line?.trim()).toBe(rootCause?.reason);
    expect(more).toEqual([]);
    expect(summary).toMatchObject({ pass: 0, fail: 0, blocked: cases.length });
    expect(new Set(cases.map((one) => one.reason))).toEqual(new Set([rootCause?.reason]));
  });

  it('is said in the report of a trace judged again too', async () => {
    const closed = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => {
      closed.listen(0, '127.0.0.1', resolve);
    });
    running.push({ close: () => new Promise((resolve) => closed.close(() => resolve())) });
    const address = closed.address();
    const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/mcp`;
    const live = await runCli(['server', url, '--trace', inFolder('dead.jsonl'), '--json', '-']);
    const again = await runCli(['judge', inFolder('dead.jsonl'), '--json', '-']);
    expect([live.code, again.code]).toEqual([3, 3]);
    expect(reportIn(again.stdout).rootCause).toEqual(reportIn(live.stdout).rootCause);
  });
});
