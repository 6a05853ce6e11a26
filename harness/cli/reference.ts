import type { Transport } from '../../spec/revisions.ts';
import { UsageError } from '../assay/usage-error.ts';
import type { ProgressLine } from './progress.ts';

/** A server of ours with the user service behind it. */
interface RunningReference {
  readonly url: string;
  /** Where clients over HTTP+SSE connect. */
  readonly sseUrl: string;
  /** How the user service runs, in one sentence. */
  readonly detail: string;
  stop(): Promise<void>;
}

/** Ends of a process that are asked for from outside, with their numbers. */
const SIGNALS = { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 } as const;

/**
 * Starts the user service and the reference server in this process.
 *
 * @throws UsageError when one of them cannot be started as the environment or the options want it
 */
export async function startReference(log: (line: string) => void, port = 0): Promise<RunningReference> {
  const { startUserService } = await import('../../fixtures/user-service/start.ts');
  const { startReferenceServer } = await import('../../reference-server/index.ts');
  log('starting the user service');
  const service = await startUserService({ log }).catch((error: unknown) => {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  });
  try {
    const server = await startReferenceServer({ userServiceUrl: service.url, port, log: () => undefined });
    return {
      url: server.url,
      sseUrl: server.sseUrl ?? server.url,
      detail: service.detail,
      stop: async () => {
        await server.close();
        await service.stop();
      },
    };
  } catch (error) {
    await service.stop();
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
      throw new UsageError(`port ${port} is taken; --port chooses another, and 0 any that is free`);
    }
    throw error;
  }
}

/** Does some work with the reference server running; stops it afterwards, and when the process is told to end. */
export async function withReference<T>(
  progress: ProgressLine,
  transport: Exclude<Transport, 'stdio'>,
  work: (target: { readonly url: string; readonly notes: readonly string[] }) => Promise<T>,
): Promise<T> {
  const reference = await startReference((line) => progress.note(line));
  const interrupted = stopOnSignals(reference);
  try {
    return await work({ url: transport === 'http+sse' ? reference.sseUrl : reference.url, notes: [reference.detail] });
  } finally {
    interrupted.forget();
    await reference.stop();
  }
}

/** Stops what runs before the process follows a signal. */
function stopOnSignals(running: RunningReference): { forget(): void } {
  const handlers = Object.entries(SIGNALS).map(([signal, number]) => {
    const handler = () => {
      void running.stop().finally(() => process.exit(128 + number));
    };
    process.once(signal, handler);
    return [signal, handler] as const;
  });
  return {
    forget() {
      for (const [signal, handler] of handlers) process.off(signal, handler);
    },
  };
}
