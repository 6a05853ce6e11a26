/** The test client, started as a program: `node main.ts URL`. */
import { conduct } from './conduct.ts';
import { run } from './scenario/run.ts';

process.exitCode = await run({
  args: process.argv.slice(2),
  env: process.env,
  conduct,
  complain: (line) => process.stderr.write(`mcp-assay reference client: ${line}\n`),
});
