/** A connected client against a scripted server, for the tests of the client. */
import { type ClientOptions, ReferenceClient } from '../client.ts';
import { describeFailure, type Failure, type Outcome } from '../results.ts';
import { type Script, type ScriptedServer, scriptedServer } from './scripted-server.ts';

/** A client, its server, and the end of both. */
export interface Connected extends AsyncDisposable {
  client: ReferenceClient;
  server: ScriptedServer;
}

/** Starts a server and connects a client to it; fails when that does not work. */
export async function connected(script: Script = {}, options: Omit<ClientOptions, 'url'> = {}): Promise<Connected> {
  const server = await scriptedServer(script);
  const client = new ReferenceClient({ ...options, url: server.url });
  successOf(await client.connect());
  return {
    client,
    server,
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The value of a success; fails the test otherwise. */
export function successOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`expected a success, but ${describeFailure(outcome.failure)}`);
  return outcome.value;
}

/** The failure of an outcome; fails the test when there is none. */
export function failureOf(outcome: Outcome<unknown>): Failure {
  if (outcome.ok) throw new Error(`expected a failure, but got ${JSON.stringify(outcome.value)}`);
  return outcome.failure;
}
