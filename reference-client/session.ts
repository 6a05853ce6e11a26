/** What client and server agreed on at `initialize`, and what names it afterwards. */
import type { JsonObject, JsonRpcMessage } from '../spec/messages.ts';
import type { HttpAnswer } from './http-exchange.ts';
import { isRequest } from './messages.ts';
import { badMessage, type Outcome, succeed } from './results.ts';
import { isSupported, type RevisionTraits, traitsOf } from './revisions.ts';

/** One session. A new `initialize` makes a new one; an old one is never changed back into use. */
export interface Session {
  /** The revision proposed in `initialize`. */
  readonly proposed: string;
  /** The revision agreed on; undefined until the server has answered. */
  revision: string | undefined;
  /** The session id of Streamable HTTP; undefined when the server gave none. */
  id: string | undefined;
  /** What the server said of itself; undefined until it has answered. */
  server: ServerIdentity | undefined;
}

/** The server's half of the handshake. */
export interface ServerIdentity {
  capabilities: JsonObject;
  serverInfo: JsonObject;
  instructions: string | undefined;
}

/** A session that is about to be initialized. */
export function newSession(proposed: string): Session {
  return { proposed, revision: undefined, id: undefined, server: undefined };
}

/** The traits in force: those of the agreed revision, or of the proposed one before there is agreement. */
export function traitsInForce(session: Session): RevisionTraits | undefined {
  const revision = session.revision ?? session.proposed;
  return isSupported(revision) ? traitsOf(revision) : undefined;
}

/**
 * The session id that an HTTP answer assigns: only the answer to `initialize` may assign one.
 *
 * @returns the id, undefined when none is assigned, or `bad-message` when it has other than visible ASCII characters
 * Source: basic/transports#session-management, items 1 and 2.
 */
export function assignedSessionId(sent: JsonRpcMessage, answer: HttpAnswer): Outcome<string | undefined> {
  if (!isRequest(sent) || sent.method !== 'initialize') return succeed(undefined);
  const id = answer.header('mcp-session-id');
  if (id === undefined || id === '') return succeed(undefined);
  return /^[\x21-\x7e]+$/.test(id)
    ? succeed(id)
    : badMessage('the session id has characters other than visible ASCII', id);
}

/**
 * Whether an HTTP status says that the session is gone: 404 to a request that carried a session id.
 *
 * Source: basic/transports#session-management, item 4.
 */
export function saysSessionIsLost(status: number, session: Session): boolean {
  return status === 404 && session.id !== undefined;
}
