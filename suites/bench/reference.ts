import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { packageRoot } from '../../spec/package-root.ts';

/** How long a server may take to start, in milliseconds. */
const PATIENCE_MS = 60_000;

/** Runs the built reference server in a process of its own, so that it shares no processor time with who judges it. */
export async function startReference(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const main = join(packageRoot, 'dist/reference-server/main.js');
  const child = spawn(process.execPath, [main, '--fixtures', '--port', '0'], {
    // whatever needs a user fails at once, in the same way for all
    env: { ...process.env, USER_SERVICE_URL: 'http://127.0.0.1:9' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const url = await Promise.race([
    listening(createInterface({ input: child.stderr })),
    ended.then(([code]) => Promise.reject(new Error(`the reference server ended with code ${code}`))),
    sleep(PATIENCE_MS, undefined, { ref: false }).then(() =>
      Promise.reject(new Error('the reference server is silent')),
    ),
  ]);
  return {
    url,
    stop: async () => {
      child.kill();
      await ended;
    },
  };
}

/** The address in the line by which the server says that it listens; reads on, so that its log is never in its way. */
async function listening(lines: ReturnType<typeof createInterface>): Promise<string> {
  return new Promise((resolve) => {
    lines.on('line', (line) => {
      const said: unknown = JSON.parse(line);
      if (typeof said === 'object' && said && 'url' in said && typeof said.url === 'string') resolve(said.url);
    });
  });
}

/** The loader of TypeScript, for programs that are run from source. */
export const loader = pathToFileURL(join(packageRoot, 'node_modules/tsx/dist/loader.mjs')).href;
