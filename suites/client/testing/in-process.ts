import type { ClientEnd, Invocation, StartClient } from '../../../harness/client/run/client-under-test.ts';

/** A client that is a function and not a command: quick to start, and stopped through a signal. */
export function inProcess(run: (invocation: Invocation, stopped: AbortSignal) => Promise<void>): StartClient {
  return (invocation) => {
    const controller = new AbortController();
    const end = (how: ClientEnd['how'], code: number | null, stderr = ''): ClientEnd => {
      return { how, code, signal: null, stdout: '', stderr };
    };
    const ended = run(invocation, controller.signal).then(
      () => end('exit', 0),
      (error: unknown) =>
        controller.signal.aborted ? end('stopped', null) : end('exit', 1, error instanceof Error ? error.message : ''),
    );
    const stop = () => {
      controller.abort();
      return ended;
    };
    return { ended, stop };
  };
}
