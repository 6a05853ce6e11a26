import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startUserService } from '../../fixtures/user-service/start.ts';
import { runCli, startCli } from './testing/spawn-cli.ts';

// Each test starts whole processes, which a busy machine does slowly.
vi.setConfig({ testTimeout: 240_000 });

let service: Awaited<ReturnType<typeof startUserService>>;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  service = await startUserService({ prefer: 'embedded' });
  env = { USER_SERVICE_URL: service.url };
});
afterAll(() => service.stop());

describe('server --reference', () => {
  it('judges the reference server and says which user service ran', async () => {
    const { code, stdout } = await runCli(['server', '--reference', '--case', 'discover.answered'], env);
    expect(stdout).toContain(
      `Note      The user service at ${service.url}, which USER_SERVICE_URL names, was running already.`,
    );
    expect(stdout).toContain('Verdict   nothing failed: 1 passed\n');
    expect(code).toBe(0);
  });

  it('is what "npm run assay" without arguments means', async () => {
    const run = startCli([], { ...env, npm_lifecycle_event: 'assay' });
    await run.shows('checks at revision');
    const { code, stdout } = await run.ended;
    expect(stdout).toContain('mcp-assay-reference-server');
    expect([0, 1]).toContain(code);
  });

  it('ends when the process is told to end', async () => {
    const run = startCli(['server', '--reference', '--concurrency', '1'], env);
    await run.shows('checks at revision');
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(143);
  });

  it('gives up with a sentence when the user service cannot be had as asked', async () => {
    const { code, stderr } = await runCli(['server', '--reference'], { USER_SERVICE_URL: 'nonsense' });
    expect(stderr).toMatch(/mcp-assay: USER_SERVICE_URL is "nonsense", which is not an http or https URL/);
    expect(code).toBe(2);
  });
});

describe('serve', () => {
  it('runs until Ctrl-C', async () => {
    const run = startCli(['serve', '--port', '0'], env);
    await run.shows('; Ctrl-C ends it.');
    run.child.kill('SIGINT');
    const { code, stdout } = await run.ended;
    expect(stdout).toMatch(/^The reference server listens at http:\/\/127\.0\.0\.1:\d+\/mcp; Ctrl-C ends it\.\n$/);
    expect(code).toBe(0);
  });

  it('says when its port is taken', async () => {
    const first = startCli(['serve', '--port', '0'], env);
    const port = /:(\d+)\/mcp/.exec(await first.shows('; Ctrl-C ends it.'))?.[1] ?? '';
    const { code, stderr } = await runCli(['serve', '--port', port], env);
    first.child.kill('SIGINT');
    await first.ended;
    expect(stderr).toMatch(new RegExp(`mcp-assay: port ${port} is taken; --port chooses another`));
    expect(code).toBe(2);
  });
});
