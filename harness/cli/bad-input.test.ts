import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runCli } from './testing/spawn-cli.ts';

// Each test starts whole processes, which a busy machine does slowly.
vi.setConfig({ testTimeout: 240_000 });

const folder = mkdtempSync(join(tmpdir(), 'assay-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

const URL = 'http://127.0.0.1:1/mcp';
const inFolder = (name: string) => join(folder, name);
function file(name: string, content: string): string {
  writeFileSync(inFolder(name), content);
  return inFolder(name);
}
mkdirSync(inFolder('folder'));
const KNOWN = 'known-failures: [{case: nope.nope, requirement: ping.respond, why: x}]';

/** Each row: the arguments, and what the one sentence must say. */
const ROWS: [args: string[], sentence: RegExp][] = [
  [['server'], /^mcp-assay: server needs a target: a URL, --reference, or -- and a command$/],
  [['server', URL, '--reference'], /: server takes only one target: /],
  [['server', '--'], /: server needs a command behind --: mcp-assay server -- COMMAND \[ARG\.\.\.\]$/],
  [['server', '--header', 'A: b', '--', 'node', 'x.js'], /: --header is for servers at a URL; /],
  [
    ['server', 'localhost:3000/mcp'],
    /: localhost:3000\/mcp is not a URL; did you mean http:\/\/localhost:3000\/mcp\?$/,
  ],
  [['server', 'nonsense'], /: "nonsense" is not a URL; give one such as http:\/\/localhost:3000\/mcp$/],
  [['server', 'ftp://x/'], /: "ftp:\/\/x\/" is not an http or https URL$/],
  [
    ['server', 'http://me:pass@x/'],
    /: "http:\/\/\.\.\.@x\/" holds a user name or a password; give them with --header /,
  ],
  [['server', URL, 'more'], /: too many arguments for 'server'/],
  [['server', URL, '--nonsense'], /: unknown option '--nonsense'; "mcp-assay --help" and /],
  [['server', URL, '--timeout'], /: option '--timeout <ms>' argument missing; /],
  [['server', URL, '--timeout', 'soon'], /: --timeout must be a whole number from 1 to 3600000, not "soon"$/],
  [
    ['server', URL, '--timeout', '9999999999'],
    /: --timeout must be a whole number from 1 to 3600000, not "9999999999"$/,
  ],
  [['server', URL, '--runs', '0'], /: --runs must be a whole number from 1 to 100000, not "0"$/],
  [['server', URL, '--concurrency', '1.5'], /: --concurrency must be a whole number from 1 to 256, not "1.5"$/],
  [['server', URL, '--seed', '0x10'], /: --seed must be a whole number /],
  [
    ['server', URL, '--revision', '2025-11-26'],
    /: --revision: there is no revision "2025-11-26"; did you mean 2025-11-25/,
  ],
  [
    ['server', URL, '--revision', 'all,2025-11-25'],
    /: --revision: there is no revision "all"; .*known are 2024-11-05, /,
  ],
  [['server', URL, '--call', ','], /: --call names no tool; give none, read-only, all, or names of tools$/],
  [['server', URL, '--case', 'ping.anwered'], /: --case ping\.anwered matches nothing; did you mean ping\.answered\?$/],
  [['server', URL, '--header', 'nocolon'], /: --header must have the form 'Name: value'/],
  [['server', URL, '--header', 'X-A:'], /: --header: X-A has no value; quote the whole header/],
  [['server', URL, '--header', 'two words: x'], /: --header: "two words" is no name of a header/],
  [['server', URL, '--header', 'Accept: x'], /: --header: Accept is set by mcp-assay itself and cannot be given$/],
  [
    ['server', URL, '--header', 'X-A: sécret'],
    /: --header: the value of X-A has a character that is not visible ASCII$/,
  ],
  [['server', URL, '--config', inFolder('none.yaml')], /none\.yaml: cannot be read \(ENOENT\)$/],
  [['server', URL, '--config', file('c1.yaml', 'timout: 5')], /c1\.yaml:1: unknown key "timout"$/],
  [
    ['server', URL, '--config', file('c2.yaml', 'timeout: 0')],
    /: "timeout" in .*c2\.yaml must be a whole number from 1 /,
  ],
  [['server', URL, '--config', file('c3.yaml', 'a: [')], /c3\.yaml:1: not valid YAML/],
  [['server', URL, '--config', file('c4.yaml', 'baseline: gone.yaml')], /gone\.yaml: cannot be read \(ENOENT\)$/],
  [['server', URL, '--config', file('c5.yaml', 'revision: newest')], /there is no revision "newest"/],
  [
    ['server', URL, '--baseline', file('b.yaml', KNOWN)],
    /b\.yaml:1: there is no case "nope\.nope"; "mcp-assay list" shows/,
  ],
  [['server', URL, '--json', inFolder('no/such/x')], /: --json .*x: cannot be written, its folder does not exist$/],
  [['server', URL, '--junit', inFolder('folder')], /: --junit .*folder: cannot be written, it is a folder$/],
  [['server', URL, '--trace', inFolder('folder')], /: --trace .*folder: cannot be written, it is a folder$/],
  [
    ['server', URL, '--json', '-', '--markdown', '-'],
    /: --json and --markdown both write to standard output; give one /,
  ],
  [
    ['server', URL, '--json', inFolder('x'), '--trace', inFolder('x')],
    /: --json and --trace both write to .*x; give one /,
  ],
  [['server', URL, '--badge', 'b.png'], /: --badge b\.png: give a file that ends in \.svg \(an image\) or \.json /],
  [['client'], /: client needs a command to start: mcp-assay client -- COMMAND \[ARG\.\.\.\]$/],
  [['client', '--header', 'A: b', '--', 'node', 'x.js'], /: --header is for servers; /],
  [
    ['client', '--revision', '2024-11-05', '--', 'node', 'x.js'],
    /: clients cannot be judged at revision 2024-11-05 yet; /,
  ],
  [['judge'], /: missing required argument 'trace'; /],
  [['judge', inFolder('none.jsonl')], /none\.jsonl: cannot be read \(ENOENT\)$/],
  [['judge', file('t.jsonl', '{"kind":"oops"}')], /t\.jsonl:1: "kind" must be one of trace, /],
  [['judge', file('t2.jsonl', '')], /t2\.jsonl: holds no trace; --trace writes one$/],
  [['judge', inFolder('t.jsonl'), '--trace', 'x'], /: unknown option '--trace'/],
  [['list', 'no.such.thing.anywhere'], /: nothing is called no\.such\.thing\.anywhere/],
  [['list', '--area', 'pings'], /: --area: there is no area "pings"; did you mean ping\?; known are auth, /],
  [
    ['list', '--level', 'must'],
    /: --level: there is no level "must"; did you mean MUST\?; known are MUST, SHOULD, MAY$/,
  ],
  [
    ['list', '--revision', '2025'],
    /: --revision: there is no revision "2025"; did you mean .*; known are 2024-11-05, /,
  ],
  [
    ['server', 'http://127.0.0.1:1/', '--transport', 'http'],
    /: --transport: there is no transport "http"; known are auto, streamable-http and sse$/,
  ],
  [
    ['server', '--transport', 'sse', '--', 'node', 'x.js'],
    /: --transport is for servers at a URL; one that a command starts is spoken to over stdio$/,
  ],
  [['list', '--verdict', 'fail'], /: --verdict and --report go together: /],
  [
    ['list', '--verdict', 'fail', '--report', file('r.json', '{}')],
    /r\.json:1: the file must have required property 'tool'$/,
  ],
  [['explain', 'ping.repsond'], /: there is no "ping\.repsond"; did you mean ping\.respond/],
  [['schema', '2025-01-01'], /: there is no revision "2025-01-01"; known are 2024-11-05, /],
  [['serve', '--port', '70000'], /: --port must be a whole number from 0 to 65535, not "70000"$/],
  [['http://localhost/mcp'], /: unknown command 'http:\/\/localhost\/mcp'; /],
];

describe('a wrong command line or file', () => {
  it.concurrent.each(ROWS)('%j is refused in one sentence', async (args, sentence) => {
    const { code, stdout, stderr } = await runCli(args);
    expect(stderr.trimEnd()).toMatch(sentence);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^mcp-assay: /);
    expect(stdout).toBe('');
    expect(code).toBe(2);
  });

  it('shows nothing of a header that it refuses', async () => {
    const { stderr } = await runCli(['server', URL, '--header', 'Authorization: Bearer\u0007sk-secret']);
    expect(stderr).toMatch(/the value of Authorization has a character/);
    expect(stderr).not.toContain('sk-secret');
  });
});

describe('help', () => {
  it('is what no arguments give, with exit code 2', async () => {
    const { code, stdout, stderr } = await runCli([]);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^Usage: mcp-assay /);
    expect(stderr).toContain('Exit codes: 0 nothing failed; 1 something failed; 2 ');
  });

  it.each([[['--help']], [['server', '--help']], [['help', 'judge']]])(
    '%j prints it, with exit code 0',
    async (args) => {
      const { code, stdout, stderr } = await runCli(args);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^Usage: mcp-assay /);
      expect(stderr).toBe('');
    },
  );

  it('has the version', async () => {
    const { code, stdout } = await runCli(['--version']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
