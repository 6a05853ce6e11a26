import { parseArgs } from 'node:util';
import { startReferenceServer } from './index.ts';
import { logToStderr } from './log.ts';

/** Runs the reference server as a program until it is told to stop. Standard output stays empty. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { host: { type: 'string' }, port: { type: 'string' }, path: { type: 'string' } },
  });
  const userServiceUrl = process.env.USER_SERVICE_URL;
  if (userServiceUrl === undefined) throw new RangeError('Set USER_SERVICE_URL to the URL of the user service.');
  const server = await startReferenceServer({
    userServiceUrl,
    ...(values.host === undefined ? {} : { host: values.host }),
    ...(values.port === undefined ? {} : { port: Number(values.port) }),
    ...(values.path === undefined ? {} : { path: values.path }),
  });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      void server.close().then(() => process.exit(0));
    });
  }
}

main().catch((error: unknown) => {
  logToStderr({ event: 'start-failed', error: error instanceof Error ? error.message : String(error) });
  process.exitCode = 2;
});
