import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What one run of a program took. */
export interface Measured {
  /** From the start of the process to its end, in milliseconds. */
  readonly wallMs: number;
  /** The most memory that the process itself had at any time (resident set), in MiB. */
  readonly peakMiB: number;
  readonly exitCode: number | null;
  readonly output: string;
}

/** Makes a process of Node leave the most memory it had, in KiB, in a file. */
const LEAVE_PEAK = `data:text/javascript,${encodeURIComponent(
  'import { writeFileSync } from "node:fs";' +
    'process.on("exit", () => writeFileSync(process.env.BENCH_PEAK, String(process.resourceUsage().maxRSS)));',
)}`;

/** Runs a program of Node and measures it. What it says on either channel is kept. */
export async function measure(
  node: string,
  words: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const peak = join(folder, 'peak');
  const began = performance.now();
  try {
    const child = spawn(node, ['--import', LEAVE_PEAK, ...words], {
      ...options,
      env: { ...process.env, BENCH_PEAK: peak },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const channel of [child.stdout, child.stderr]) {
      channel.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const wallMs = performance.now() - began;
    const kibibytes = Number(await readFile(peak, 'utf8').catch(() => 'NaN'));
    return { wallMs, peakMiB: kibibytes / 1024, exitCode, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The one in the middle, or the mean of the two there. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low = Number.NaN, high = low] = sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1);
  return (low + high) / 2;
}
