import { describe, expect, it } from 'vitest';
import { consoleReport } from './console.ts';
import type { Report } from './report.ts';
import { failedCase, finding, hostileReport, reportedCase, reportOf } from './testing/synthetic-report.ts';

const plain = { color: false, verbose: false, strict: false };
const show = (report: Report, changes = {}) => consoleReport(report, { ...plain, ...changes });

describe('a failure on the console', () => {
  const text = show(reportOf([reportedCase({ id: 'a.fine' }), failedCase()]));

  it('comes with target, revision and verdict before it', () => {
    const lines = text.split('\n');
    expect(lines[0]).toBe('Target    http://127.0.0.1:1/mcp (synthetic 1)');
    expect(lines[1]).toBe('Revision  2025-11-25 over streamable-http');
    expect(lines[2]).toBe('Verdict   1 of 2 checks failed');
  });

  it('says the rule as a sentence, with its address and what was seen', () => {
    expect(text).toContain('FAIL  ping.answered  ping is answered with an empty result');
    expect(text).toContain('  A server MUST answer ping promptly with an empty result. (ping.respond)');
    expect(text).toContain('  https://modelcontextprotocol.io/specification/2025-11-25/basic/utilities/ping#behavior');
    expect(text).toContain('  result is missing (expected {"maxProperties":0})');
  });

  it('shows the exchange: what was sent, what came back, how it ended', () => {
    expect(text).toContain(
      [
        '    > POST http://127.0.0.1:1/mcp',
        '    > Content-Type: application/json',
        '    > Authorization: [hidden]',
        '    > ',
        '    > {"jsonrpc":"2.0","id":2,"method":"ping"}',
        '    < HTTP 500',
        '    < content-type: text/plain',
        '    < ',
        '    < oops',
        '    < again',
        '    = complete, answered after 12 ms',
      ].join('\n'),
    );
  });

  it('shows what a server over stdio wrote', () => {
    const request = { line: 'stdin stdio:', headers: [], body: '{"jsonrpc":"2.0","id":2,"method":"ping"}\n' };
    const lines = '{"jsonrpc":"2.0","method":"notifications/message"}\n{"jsonrpc":"2.0","id":2,"result":7}\n';
    const exchange = { request, response: null, lines, ending: 'complete', answeredAfterMs: null };
    expect(show(reportOf([failedCase({ findings: [finding({ evidence: { exchange } })] })]))).toContain(
      [
        '    < {"jsonrpc":"2.0","method":"notifications/message"}',
        '    < {"jsonrpc":"2.0","id":2,"result":7}',
        '    = complete',
      ].join('\n'),
    );
  });

  it('gives one line that runs it again, and the counts at the end', () => {
    expect(text).toContain(
      '  Again: npx mcp-assay server http://127.0.0.1:1/mcp --revision 2025-11-25 --case ping.answered',
    );
    expect(text).toContain('Checks    1 pass, 1 fail, 0 warn, 0 info, 0 not applicable, 0 not verified, 0 blocked\n');
  });
});

describe('the console', () => {
  it('shows a root cause once, big, and no list of what it blocks', () => {
    const reason = 'nothing accepts connections there';
    const blocked = (id: string) => reportedCase({ id, verdict: 'blocked', reason });
    const text = show(
      reportOf([blocked('a.one'), blocked('a.two')], {
        rootCause: { case: 'survey', reason },
        target: { kind: 'server', url: 'http://x/', serverInfo: null, revision: null, transport: 'streamable-http' },
      }),
    );
    expect(text).toContain('Verdict   the target could not be judged');
    expect(text).toContain(`THE TARGET COULD NOT BE JUDGED\n  ${reason}\n  This blocks 2 checks.`);
    expect(text.split(reason)).toHaveLength(2);
    expect(text).not.toContain('a.one');
    expect(text).toContain('Revision  none agreed on over streamable-http');
  });

  it('shows warnings without the exchange', () => {
    const text = show(reportOf([reportedCase({ verdict: 'warn', findings: [finding({ verdict: 'warn' })] })]));
    expect(text).toContain('WARN  ping.answered');
    expect(text).toContain('result is missing');
    expect(text).not.toContain('> POST');
  });

  it('makes failures of warnings and unverified rules with --strict', () => {
    const cases = [
      reportedCase({ id: 'a.warned', verdict: 'warn', findings: [finding({ verdict: 'warn' })] }),
      reportedCase({ id: 'a.unverified', verdict: 'not-verified', reason: 'no such tool' }),
    ];
    const text = show(reportOf(cases), { strict: true });
    expect(text).toContain('Verdict   2 of 2 checks failed');
    expect(text).toContain('> POST');
    expect(text).toContain('NOT-VERIFIED  a.unverified');
  });

  it('groups skips by reason, and lists them with --verbose', () => {
    const skip = (id: string, reason: string) => reportedCase({ id, verdict: 'not-applicable', reason });
    const report = reportOf([skip('a.one', 'no tools'), skip('a.two', 'no prompts'), skip('a.three', 'no prompts')]);
    expect(show(report)).toContain('not applicable  2  no prompts\nnot applicable  1  no tools');
    expect(show(report)).not.toContain('a.two');
    expect(show(report, { verbose: true })).toContain('    a.two  ping is answered');
  });

  it('lists passes with --verbose only', () => {
    expect(show(reportOf([reportedCase()]))).not.toContain('ping.answered');
    expect(show(reportOf([reportedCase()]), { verbose: true })).toContain('pass  ping.answered');
  });

  it('says which entries of the baseline to remove, which still fail, and which were not judged', () => {
    const entry = { requirement: 'ping.respond', why: 'so' };
    const text = show(
      reportOf([failedCase({ id: 'a.known', findings: [finding({ expected: true })] })], {
        baseline: {
          file: 'known.yaml',
          entries: [
            { ...entry, case: 'a.known', state: 'still-failing' },
            { ...entry, case: 'a.mended', state: 'mended' },
            { ...entry, case: 'a.skipped', state: 'not-judged' },
          ],
        },
      }),
    );
    expect(text).toContain('MENDED  a.mended no longer breaks ping.respond: remove that entry from known.yaml');
    expect(text).toContain('Known failures: a.known');
    expect(text).toContain('Listed in known.yaml and not judged this time: a.skipped (ping.respond)');
    expect(text).not.toContain('FAIL  a.known');
  });

  it('shows a fault of ours with its stack and a request to report it', () => {
    const text = show(reportOf([reportedCase({ verdict: 'error', reason: 'TypeError: x\n    at y (z.ts:1)' })]));
    expect(text).toContain(
      'this check broke down by a fault of mcp-assay; please report it\n  TypeError: x\n      at y',
    );
  });

  it('shows the notes of the run', () => {
    expect(show(reportOf([], { notes: ['The user service runs embedded.'] }))).toContain(
      'Note      The user service runs embedded.',
    );
  });

  it('colours only when told to', () => {
    expect(show(reportOf([failedCase()]))).not.toContain('\u001b');
    expect(show(reportOf([failedCase()]), { color: true })).toContain('\u001b[31m');
  });

  it('lets nothing of a hostile target through that a terminal acts on', () => {
    const text = show(hostileReport(), { verbose: true });
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}]/u);
    expect(text).toContain('a\\x1b[2J\\x00\\x9b31m');
    expect(text.split('\n').filter((line) => line.startsWith('# head'))).toEqual([]);
  });
});
