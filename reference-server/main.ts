import { parseArgs } from 'node:util';
import { type ReferenceServerOptions, startReferenceServer, startReferenceServerOnStdio } from './index.ts';
import { logToStderr } from './log.ts';

const OPTIONS = {
  host: { type: 'string' },
  port: { type: 'string' },
  path: { type: 'string' },
  stdio: { type: 'boolean' },
  fixtures: { type: 'boolean' },
  files: { type: 'string' },
  revisions: { type: 'string' },
} as const;

/**
 * Runs the reference server as a program until it is told to stop: over HTTP, or with `--stdio` on standard input and
 * output. Over HTTP standard output stays empty.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  const userServiceUrl = process.env.USER_SERVICE_URL;
  if (userServiceUrl === undefined) throw new RangeError('Set USER_SERVICE_URL to the URL of the user service.');
  const options: ReferenceServerOptions = {
    userServiceUrl,
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.path === undefined ? {} : { path: values.path }),
    ...(values.files === undefined ? {} : { resourceFolder: values.files }),
    ...(values.revisions === undefined ? {} : { revisions: values.revisions.split(',') }),
    fixtures: values.fixtures ?? false,
  };
  const server = values.stdio ? startReferenceServerOnStdio(options) : await startReferenceServer(options);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
  if ('done' in server) {
    await server.done;
    process.exit(0);
  }
}

main().catch((error: unknown) => {
  logToStderr({ event: 'start-failed', error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 2;
});
