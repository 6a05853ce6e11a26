/** Opening and ending a session (basic/lifecycle). */
import type { JsonObject, JsonRpcMessage, JsonRpcNotification } from '../spec/messages.ts';
import type { InFlight } from './in-flight.ts';
import { notification } from './messages.ts';
import { isObject } from './reading.ts';
import { badMessage, type Failure, fail, type Outcome, succeed } from './results.ts';
import type { Revision, SupportedRevisions } from './revisions.ts';
import { newSession, type ServerIdentity, type Session } from './session.ts';

/** What the handshake works with. */
export interface Opening {
  /** The revision to propose. */
  proposal: string;
  capabilities: JsonObject;
  clientInfo: JsonObject;
  supported: SupportedRevisions;
  acceptsRevision(answered: string, supported: SupportedRevisions): boolean;
  /** Sends a request and waits for its response. */
  call(session: Session, method: string, params: JsonObject): Promise<Outcome<JsonObject>>;
  /** Sends a message that gets no response. */
  post(session: Session, message: JsonRpcMessage): Promise<Outcome<void>>;
  /** Gives a session up. */
  end(session: Session): Promise<Outcome<void>>;
}

/**
 * The handshake: `initialize`, then `notifications/initialized`. A session that does not come about is given up.
 *
 * @returns the session, with the revision agreed on
 * Source: basic/lifecycle#initialization, #version-negotiation.
 */
export async function handshake(opening: Opening): Promise<Outcome<Session>> {
  const session = newSession(opening.proposal);
  const opened = await negotiate(opening, session);
  const told = opened.ok ? await opening.post(session, notification('notifications/initialized')) : opened;
  if (told.ok) return succeed(session);
  await opening.end(session);
  return told;
}

async function negotiate(opening: Opening, session: Session): Promise<Outcome<void>> {
  const { proposal, capabilities, clientInfo, supported } = opening;
  const params = { protocolVersion: proposal, capabilities, clientInfo };
  const answered = await opening.call(session, 'initialize', params);
  if (!answered.ok) return answered;
  const { protocolVersion } = answered.value;
  if (typeof protocolVersion !== 'string') return unreadable('protocolVersion is not a string', answered.value);
  if (!opening.acceptsRevision(protocolVersion, supported)) {
    return fail({ kind: 'unsupported-revision', answered: protocolVersion, supported });
  }
  const server = readIdentity(answered.value);
  if (!server.ok) return server;
  session.revision = protocolVersion;
  session.server = server.value;
  return succeed(undefined);
}

function readIdentity(result: JsonObject): Outcome<ServerIdentity> {
  const { capabilities, serverInfo, instructions } = result;
  if (!isObject(capabilities)) return unreadable('capabilities is not an object', result);
  if (!isObject(serverInfo)) return unreadable('serverInfo is not an object', result);
  return succeed({
    capabilities,
    serverInfo,
    instructions: typeof instructions === 'string' ? instructions : undefined,
  });
}

function unreadable(flaw: string, result: JsonObject): { ok: false; failure: Failure } {
  return badMessage(`the result of initialize cannot be read (${flaw})`, JSON.stringify(result));
}

/** The revision to propose: the one asked for, otherwise the newest. Source: basic/lifecycle#version-negotiation. */
export function proposedRevision(asked: Revision | undefined, supported: SupportedRevisions): string {
  return asked ?? supported[0];
}

/** Whether the client goes on with the revision the server answered. Source: basic/lifecycle#version-negotiation. */
export function acceptsRevision(answered: string, supported: SupportedRevisions): boolean {
  return supported.some((revision) => revision === answered);
}

/**
 * The notification that gives a request up; undefined for `initialize`, which may not be cancelled.
 *
 * Source: basic/utilities/cancellation#behavior-requirements.
 */
export function cancellation({ id, method }: InFlight, reason: string): JsonRpcNotification | undefined {
  return method === 'initialize' ? undefined : notification('notifications/cancelled', { requestId: id, reason });
}
