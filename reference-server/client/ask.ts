import type { JsonObject } from '../../spec/messages.ts';

/** A request that a client answers: what to do, and with which params. */
export interface Question {
  method: 'elicitation/create' | 'sampling/createMessage' | 'roots/list';
  params: JsonObject;
  /** Milliseconds that the client has to answer it; as long as the server is set to wait unless given. */
  patienceMs?: number;
}

/**
 * Asks the client some questions, each under a name of its own, and gives the answers under the same names. In the stateful
 * revisions each question is a request to the client. In the stateless ones the request being served is answered with the
 * questions and comes again with the answers; the handler then runs again from its start. So a handler must change nothing
 * before it asks.
 *
 * @param how `meta` is what goes into `_meta` of the requests to the client, if anything; with `once` the answers to a question
 *   serve once, and the same ones sent again are refused
 * @throws ClientFailed when the client cannot or will not answer
 */
export type Ask = <Name extends string>(
  questions: Record<Name, Question>,
  how?: { meta?: JsonObject; once?: boolean },
) => Promise<Record<Name, JsonObject>>;

/** Why a client gave no answer that can be used: a sentence for the model or the user. */
export class ClientFailed extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ClientFailed';
  }
}

/** Ends the run of a handler whose questions go back with the answer to the request; `result` is that answer. */
export class InputRequired extends Error {
  readonly result: JsonObject;

  constructor(result: JsonObject) {
    super('The client is asked first.');
    this.name = 'InputRequired';
    this.result = result;
  }
}
