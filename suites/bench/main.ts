import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { packageRoot } from '../../spec/package-root.ts';
import { benchConcurrency } from './concurrency.ts';
import { benchLatency } from './latency.ts';
import { benchLoad } from './load.ts';
import { benchPeer } from './peer.ts';
import { startReference } from './reference.ts';
import { type Section, sectionText } from './section.ts';

/*
 * Measures, prints and writes to reports/bench.json; asserts nothing.
 *
 *     npm run bench -- [load] [peer] [latency] [concurrency] [--peers FOLDER]
 *
 * FOLDER is where the official suite is, or is to be installed; a temporary one unless told.
 */
type Name = 'load' | 'peer' | 'latency' | 'concurrency';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { peers: { type: 'string' } } });
const peersFolder = values.peers ?? join(tmpdir(), 'mcp-assay-peers');

const sections: { readonly [name in Name]: (url: string) => Promise<Section> } = {
  load: () => benchLoad(),
  peer: (url) => benchPeer(url, peersFolder),
  latency: benchLatency,
  concurrency: benchConcurrency,
};
const isName = (word: string): word is Name => Object.hasOwn(sections, word);
const unknown = positionals.filter((word) => !isName(word));
if (unknown.length) {
  console.error(`bench knows ${Object.keys(sections).join(', ')}, not ${unknown.join(', ')}`);
  process.exit(2);
}
const wanted = positionals.filter(isName);

execFileSync('npm', ['run', 'build'], { cwd: packageRoot, stdio: ['ignore', 'ignore', 'inherit'] });
const machine = {
  date: new Date().toISOString().slice(0, 10),
  node: process.version,
  processor: cpus()[0]?.model ?? 'unknown',
  processors: availableParallelism(),
  load: Math.round((loadavg()[0] ?? 0) * 10) / 10,
};
console.log(
  `${machine.date}, Node ${machine.node}, ${machine.processors} x ${machine.processor}, load ${machine.load} at the start`,
);
const found: { [name in Name]?: Section } = {};
for (const name of wanted.length ? wanted : Object.keys(sections).filter(isName)) {
  const server = await startReference();
  try {
    const section = await sections[name](server.url);
    found[name] = section;
    console.log(`\n${sectionText(section)}`);
  } finally {
    await server.stop();
  }
}
mkdirSync(join(packageRoot, 'reports'), { recursive: true });
writeFileSync(join(packageRoot, 'reports/bench.json'), `${JSON.stringify({ machine, ...found }, null, 2)}\n`);
