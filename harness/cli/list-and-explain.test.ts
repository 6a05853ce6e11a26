import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { jsonReport } from '../report/json.ts';
import { failedCase, reportedCase, reportedRequirement, reportOf } from '../report/testing/synthetic-report.ts';
import { runCli } from './testing/spawn-cli.ts';

// Each test starts whole processes, which a busy machine does slowly.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'assay-list-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function lines(...args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await runCli(args);
  expect(stderr).toBe('');
  expect(code).toBe(0);
  return stdout.trimEnd().split('\n');
}

describe('list', () => {
  it('shows requirements with their sentences, and checks with their titles', async () => {
    const listed = await lines('list', 'ping.*');
    expect(listed).toContain('requirement  ping.respond  both  MUST answer ping promptly with an empty result.');
    expect(listed).toContain('check        ping.answered  ping is answered with an empty result');
    expect(listed.every((line) => /^(requirement|check) +ping\./.test(line))).toBe(true);
  });

  it('filters by area, level, role and revision', async () => {
    const musts = await lines('list', '--area', 'ping', '--level', 'MUST');
    expect(musts.filter((line) => line.startsWith('requirement')).every((line) => line.includes('  MUST '))).toBe(true);
    expect(musts).toContain('check        ping.answered  ping is answered with an empty result');
    const newest = await runCli(['list', 'ping.respond', '--revision', '2026-07-28']);
    expect(newest).toMatchObject({ code: 0, stdout: '', stderr: 'mcp-assay: nothing fits all of these\n' });
    const ofServers = await lines('list', '--role', 'server');
    expect(ofServers.some((line) => line.includes('  both  '))).toBe(true);
    expect(ofServers.some((line) => line.includes('  client  '))).toBe(false);
  });

  it('shows what has a verdict in a report', async () => {
    const path = join(folder, 'r.json');
    const cases = [failedCase({ id: 'ping.answered@2025-11-25' }), reportedCase({ id: 'http.get.stream-or-405' })];
    writeFileSync(path, jsonReport(reportOf(cases, { requirements: [reportedRequirement({ verdict: 'fail' })] })));
    expect(await lines('list', '--verdict', 'fail', '--report', path)).toEqual([
      'requirement  ping.respond  both  MUST answer ping promptly with an empty result.',
      'check        ping.answered  ping is answered with an empty result',
    ]);
  });
});

describe('explain', () => {
  it('says all about a requirement', async () => {
    const said = await lines('explain', 'session.terminated-404');
    expect(said[2]).toBe('A server MUST answer a request with the id of a session it has ended with HTTP 404.');
    expect(said).toContain('  2025-11-25  MUST, server');
    expect(said).toContain(
      '    https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#session-management',
    );
    expect(said.join('\n')).toMatch(/Of a server: only after a session that has ended/);
    expect(said.join('\n')).toMatch(/Unclear: Session id .*\n {2}.*\n {2}Read here as: .*\n {2}Why: /);
    expect(said.join('\n')).toMatch(/Checked by:\n(.*\n)* {2}session\.ended\.post {2}/);
  });

  it('says the steps of a case in words', async () => {
    const said = await lines('explain', 'ping.answered@2025-11-25');
    expect(said).toEqual([
      'ping.answered',
      '',
      'ping is answered with an empty result.',
      '',
      'File: suites/server/ping.yaml',
      '',
      'Before: a session is opened as usual.',
      '1. sends the request ping',
      '   expects result to fit {"type":"object","maxProperties":0}',
      '',
      'It judges:',
      '  ping.respond  A server or client MUST answer ping promptly with an empty result.',
    ]);
  });
});

describe('schema', () => {
  it('prints the message schemas of a revision', async () => {
    const { code, stdout } = await runCli(['schema', '2024-11-05']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#' });
  });
});
