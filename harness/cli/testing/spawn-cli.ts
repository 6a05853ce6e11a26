import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../../spec/package-root.ts';

/** What a run of the program left behind. */
export interface CliResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A program that runs. */
export interface RunningCli {
  readonly child: ChildProcess;
  /** Waits until the program has shown a text; gives all it has shown. Rejects when the program ends before. */
  shows(text: string): Promise<string>;
  readonly ended: Promise<CliResult>;
}

/** Starts the program from source in a process of its own, with standard output and standard error as pipes. */
export function startCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCli {
  const { npm_lifecycle_event: _, FORCE_COLOR: __, GITHUB_STEP_SUMMARY: ___, ...rest } = process.env;
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), join(packageRoot, 'harness/cli/main.ts'), ...args],
    { cwd: packageRoot, env: { ...rest, ...env }, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = { stdout: '', stderr: '' };
  const listeners = new Set<() => void>();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
      for (const listener of listeners) listener();
    });
  }
  const ended = once(child, 'close').then(
    ([code, signal]): CliResult => ({ code: code as number | null, signal: signal as NodeJS.Signals | null, ...said }),
  );
  const shows = (text: string) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const all = `${said.stdout}${said.stderr}`;
        if (all.includes(text)) resolve(all);
      };
      listeners.add(look);
      look();
      void ended.then(() => reject(new Error(`it ended without showing ${JSON.stringify(text)}: ${said.stderr}`)));
    });
  return { child, shows, ended };
}

/** How long one run may take, in milliseconds: far beyond any, so that only one that hangs gets there. */
const HANGS_AFTER = 180_000;

/** Runs the program to its end. Rejects, with all that it has said, when it hangs. */
export function runCli(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  const { child, ended } = startCli(args, env);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      void ended.then((result) => reject(new Error(`${args.join(' ')}: hangs; it said ${JSON.stringify(result)}`)));
    }, HANGS_AFTER);
    void ended.then((result) => {
      clearTimeout(timer);
      resolve(result);
    });
  });
}
