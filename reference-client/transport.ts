/** What the client needs of a transport. Streamable HTTP is one; HTTP+SSE and stdio fit the same four operations. */
import type { JsonRpcMessage } from '../spec/messages.ts';
import type { Failure, Outcome } from './results.ts';
import type { Session } from './session.ts';

/** One message on its way to the server. */
export interface Delivery {
  message: JsonRpcMessage;
  session: Session;
  /** Whether the sender still waits for a response to this message. */
  isAwaited(): boolean;
}

/** Takes the messages and the rubbish that a transport brings from the server. */
export interface Receiver {
  receive(message: JsonRpcMessage, session: Session): void;
  /** A text came that should have been a message and is none: a `bad-message` failure. */
  ignored(failure: Failure): void;
  /** The channel opened by `listen` ended and could not be resumed. */
  stoppedListening(failure: Failure, session: Session): void;
}

/** Carries messages between this client and one server. */
export interface Transport {
  /**
   * Sends one message. The response to a request comes by way of the receiver; the outcome says whether the message
   * went out and, for a request, fails when no response can come any more.
   */
  send(delivery: Delivery): Promise<Outcome<void>>;
  /** Opens the channel for messages that belong to no request, where the transport has one of its own. */
  listen(session: Session): Promise<Outcome<'listening' | 'not-offered'>>;
  /** Tells the server that the session is over. */
  endSession(session: Session): Promise<Outcome<void>>;
  /** Cuts all connections. */
  close(): Promise<void>;
}
