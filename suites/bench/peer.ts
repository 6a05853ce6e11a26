import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measure, median } from './measure.ts';
import { runOurs } from './our-run.ts';
import { installPeers, type Peer } from './peers.ts';
import type { Row, Section } from './section.ts';

const ROUNDS = 5;

/** One run of either program; `judgingMs` where the program says how long it took without its start. */
interface Result {
  readonly wallMs: number;
  readonly peakMiB: number;
  readonly checks: number;
  readonly judgingMs?: number;
}

/** The official suite and this one on the same server, in turn, each in a process of its own. */
export async function benchPeer(url: string, folder: string): Promise<Section> {
  const title = `official suite and mcp-assay in turn, ${ROUNDS} rounds, medians; checks as each program counts them`;
  let installed: Awaited<ReturnType<typeof installPeers>>;
  try {
    installed = await installPeers(folder);
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { title, rows: [], note: `left out: the official suite could not be installed in ${folder} (${why})` };
  }
  const { node, peers } = installed;
  const programs: readonly (readonly [string, () => Promise<Result>])[] = [
    ...peers.map((peer) => [peer.name, () => runPeer(node, peer, url)] as const),
    ['mcp-assay at 2025-11-25', () => runOurs(node, url, ['--revision', '2025-11-25'])],
    ['mcp-assay at all revisions', () => runOurs(node, url, ['--revision', 'all'])],
  ];
  const results = new Map<string, Result[]>(programs.map(([name]) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of programs) results.get(name)?.push(await run());
  }
  return { title, rows: [...results].map(([name, runs]) => rowOf(name, runs)) };
}

async function runPeer(node: string, { main }: Peer, url: string): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-peer-'));
  try {
    const { output, ...took } = await measure(node, [main, 'server', '--url', url, '--suite', 'all'], { cwd: folder });
    const [, passed = '0', failed = '0'] = /Total: (\d+) passed, (\d+) failed/.exec(output) ?? [];
    return { ...took, checks: Number(passed) + Number(failed) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function rowOf(name: string, runs: readonly Result[]): Row {
  const wallMs = median(runs.map((run) => run.wallMs));
  const checks = median(runs.map((run) => run.checks));
  const judging = runs.flatMap(({ judgingMs }) => judgingMs ?? []);
  return {
    program: name,
    checks,
    'wall ms': Math.round(wallMs),
    'without start ms': judging.length ? Math.round(median(judging)) : null,
    'checks/s': Math.round((checks / wallMs) * 10_000) / 10,
    'ms/check': Math.round((wallMs / checks) * 10) / 10,
    'peak MiB': Math.round(median(runs.map((run) => run.peakMiB))),
  };
}
