import type { Readable, Writable } from 'node:stream';
import type { JsonRpcMessage, JsonRpcResponse } from '../../spec/messages.ts';
import { answer, type StatefulConnection, takeStateful } from '../connection/stateful.ts';
import { InFlight, type StopReason } from '../dispatch/in-flight.ts';
import type { Incoming } from '../envelope/message.ts';
import type { Log } from '../log.ts';
import type { StatefulProtocol } from '../protocol.ts';
import type { Revision } from '../revisions.ts';
import { createSession, releaseSession, type Session } from '../sessions/session.ts';
import { isStateless } from '../stateless/meta.ts';
import type { StatelessProtocol } from '../stateless/protocol.ts';
import type { Steps } from '../steps.ts';
import { type Line, lineSplitter } from './lines.ts';

/** What the transport needs. */
export interface StdioParts {
  input: Readable;
  output: Writable;
  /** Either may be undefined, if no revision of its era is spoken. */
  stateful: StatefulProtocol | undefined;
  stateless: StatelessProtocol | undefined;
  /** Newest first. */
  revisions: readonly [Revision, ...Revision[]];
  maxLineBytes: number;
  /** Milliseconds that what is in flight has left once the input has ended. */
  drainMs: number;
  steps: Steps;
  log: Log;
}

/** A server on a pair of streams. */
export interface StdioServer {
  /** Settles when the server is done: the input has ended, or `close` was called, and all answers are written. */
  readonly done: Promise<void>;
  close(): Promise<void>;
}

/**
 * Serves one client over standard input and output (2025-11-25 and 2026-07-28, basic/transports, "stdio"): one message a
 * line, both eras on the same pair of streams. Nothing but messages is ever written to the output.
 */
export function serveStdio(parts: StdioParts): StdioServer {
  const { input, output, stateful, stateless, revisions, maxLineBytes, drainMs, steps, log } = parts;
  const inFlight = new InFlight();
  const running = new Set<Promise<void>>();
  let session: Session | undefined;

  const write = (messages: JsonRpcMessage | readonly JsonRpcMessage[]) => {
    if (output.writable) output.write(steps.stdio.frame(steps.envelope.encode(messages)));
  };
  const outlet = { canSend: true, shared: true, send: (message: JsonRpcMessage) => write(message) };
  const revision = () => session?.revision ?? revisions[0];
  const connection: StatefulConnection | undefined = stateful && {
    protocol: stateful,
    get session() {
      return session;
    },
    open(agreed, client) {
      session = createSession('', 'stdio', agreed, client, Date.now(), steps.changes);
      session.push = (message) => write(message);
      session.connected = true;
      return true;
    },
    outlet,
    send: write,
    log,
  };

  const takeStateless = async (
    incoming: Extract<Incoming, { kind: 'request' }>,
  ): Promise<JsonRpcResponse | undefined> => {
    const { message } = incoming;
    if (stateless === undefined) return undefined;
    if (message.method === 'initialize' && !isStateless(message.params)) return stateless.refuseInitialize(message);
    const read = stateless.read(message);
    if (read.kind === 'refused') return read.response;
    return (
      stateless.check(message, read.meta) ?? stateless.serve(message, read.meta, { outlet, inFlight, key: message.id })
    );
  };

  const take = async (incoming: Incoming): Promise<JsonRpcResponse | undefined> => {
    if (incoming.kind === 'invalid') return steps.envelope.invalidMessage(incoming.id, incoming.problem, revision());
    if (incoming.kind === 'request') {
      const modern = connection === undefined || isStateless(incoming.message.params);
      if (modern && stateless !== undefined) return takeStateless(incoming);
      return connection === undefined ? undefined : answer(incoming.message, connection);
    }
    if (incoming.kind === 'notification' && incoming.message.method === 'notifications/cancelled') {
      steps.dispatch.cancel(incoming.message.params, inFlight, (entry) => log(entry));
    }
    if (connection !== undefined && session !== undefined) await takeStateful(incoming, connection);
    return undefined;
  };

  const takeLine = async (line: Line): Promise<void> => {
    if (line.kind === 'too-long') {
      return write(
        steps.envelope.invalidMessage(null, `A line must not be longer than ${maxLineBytes} bytes.`, revision()),
      );
    }
    // An empty line separates nothing from nothing.
    if (line.bytes.toString('latin1').trim() === '') return;
    const decoded = steps.envelope.decode(line.bytes, revision());
    if (decoded.kind === 'undecodable') {
      return write(steps.envelope.invalidMessage(null, decoded.problem, revision(), decoded.code));
    }
    const responses = await Promise.all((decoded.kind === 'one' ? [decoded.incoming] : decoded.incoming).map(take));
    const answered = responses.filter((one) => one !== undefined);
    const [first] = answered;
    if (first !== undefined) write(decoded.kind === 'batch' ? answered : first);
  };

  const splitter = lineSplitter(maxLineBytes, (line) => {
    const taking = takeLine(line)
      .catch((error: unknown) => log({ event: 'line-failed', error: String(error) }))
      .finally(() => running.delete(taking));
    running.add(taking);
  });

  const stopAll = (reason: StopReason) => {
    inFlight.stopAll(reason);
    session?.inFlight.stopAll(reason);
  };

  let finish = () => {};
  const done = new Promise<void>((resolve) => {
    finish = resolve;
  });
  let closing: Promise<void> | undefined;
  const close = (drain: number): Promise<void> => {
    closing ??= (async () => {
      input.off('data', splitter.push);
      inFlight.stopLasting('shutdown');
      const timer = setTimeout(() => stopAll('shutdown'), drain);
      await Promise.all(running);
      clearTimeout(timer);
      if (session !== undefined) releaseSession(session);
      stateless?.close();
      await new Promise<void>((resolve) => (output.writable ? output.write('', () => resolve()) : resolve()));
      finish();
    })();
    return closing;
  };

  input.on('data', splitter.push);
  input.on('end', () => {
    splitter.end();
    void close(drainMs);
  });
  input.on('error', () => void close(0));
  // A client that is gone cannot be told anything.
  output.on('error', () => void close(0));
  return { done, close: () => close(0) };
}
