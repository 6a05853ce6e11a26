import { describe, expect, it } from 'vitest';
import type { CheckResult } from '../verdict/check.ts';
import { reproduceLine } from './reproduce.ts';

const line = { words: ['server', 'http://127.0.0.1:1/mcp'], headers: [], options: [], generation: ['--runs', '5'] };

function result(changes: Partial<CheckResult> = {}, brokenIn?: string): CheckResult {
  const header = { version: 1, side: 'server', revision: '2025-11-25', transport: 'streamable-http' } as const;
  const trace = { header: { ...header, case: brokenIn ?? '', target: '', startedAt: '', variables: {} }, events: [] };
  const outcome = { requirement: 'a.b', kind: 'broken', message: 'no', evidence: { exchange: 1 } } as const;
  return {
    id: 'ping.answered',
    title: 'ping is answered',
    requires: ['a.b'],
    sightings: brokenIn === undefined ? [] : [{ outcome, trace }],
    harnessFailure: null,
    durationMs: 1,
    ...changes,
  };
}

describe('the line that runs a check again', () => {
  it('names target, revision and case', () => {
    expect(reproduceLine(line, result({}, 'ping.answered'), '2025-11-25')).toBe(
      'npx mcp-assay server http://127.0.0.1:1/mcp --revision 2025-11-25 --case ping.answered',
    );
  });

  it('names the case whose traffic broke an invariant', () => {
    const invariant = result({ id: 'invariant.jsonrpc.id' }, 'tools.list');
    expect(reproduceLine(line, invariant, '2025-11-25')).toMatch(/ --case tools\.list --case invariant\.jsonrpc\.id$/);
    const early = result({ id: 'invariant.jsonrpc.id' }, 'survey');
    expect(reproduceLine(line, early, '2025-11-25')).toMatch(/2025-11-25 --case invariant\.jsonrpc\.id$/);
  });

  it('gives the seed of generated traffic and the options that matter', () => {
    const shown = reproduceLine({ ...line, options: ['--call', 'all'] }, result({ seed: -7 }), null);
    expect(shown).toBe(
      'npx mcp-assay server http://127.0.0.1:1/mcp --case ping.answered --seed -7 --runs 5 --call all',
    );
  });

  it('never shows the value of a header, and lets the shell fill it in', () => {
    expect(reproduceLine({ ...line, headers: ['Authorization', 'X-Api-Key'] }, result(), null)).toMatch(
      / --header "Authorization: \$AUTHORIZATION" --header "X-Api-Key: \$X_API_KEY"$/,
    );
    expect(reproduceLine({ ...line, headers: ['a`b'] }, result(), null)).toMatch(/ --header 'a`b: \.\.\.'$/);
  });

  it('ends in the command of a target that is started by one', () => {
    const started = { ...line, words: ['server'], command: ['node', 'my server.js', '--port'] };
    expect(reproduceLine(started, result(), '2025-11-25')).toBe(
      "npx mcp-assay server --revision 2025-11-25 --case ping.answered -- node 'my server.js' --port",
    );
  });

  it('quotes what a shell would take apart', () => {
    const odd = { ...line, words: ['server', "http://127.0.0.1:1/mcp?a=1&b='x'"] };
    expect(reproduceLine(odd, result(), null)).toContain(`server 'http://127.0.0.1:1/mcp?a=1&b='\\''x'\\''' --case`);
  });
});
