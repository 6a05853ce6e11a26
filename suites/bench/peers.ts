import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The versions of the official conformance suite that run is compared with. */
const VERSIONS = { 'referee-0.1': '0.1.16', 'referee-0.2': '0.2.0-alpha.12' } as const;

/** An official conformance suite that is installed, and the Node that it needs. */
export interface Peer {
  readonly name: string;
  readonly main: string;
}

/** Installs the official suites, and Node 24 for them, in a folder outside the project, as `.ci/referee` does. */
export async function installPeers(
  folder: string,
): Promise<{ readonly node: string; readonly peers: readonly Peer[] }> {
  const packaged = `node-${platform()}-${arch()}`;
  const node = join(folder, 'node24/node_modules', packaged, 'bin/node');
  if (!existsSync(node)) await install(join(folder, 'node24'), `${packaged}@24`);
  const peers: Peer[] = [];
  for (const [name, version] of Object.entries(VERSIONS)) {
    const main = join(folder, name, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
    if (!existsSync(main)) await install(join(folder, name), `@modelcontextprotocol/conformance@${version}`);
    peers.push({ name: `official suite ${version}`, main });
  }
  return { node, peers };
}

async function install(folder: string, what: string): Promise<void> {
  await run('npm', ['install', '--no-save', '--prefix', folder, what]);
}
