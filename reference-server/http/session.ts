import type { Settings } from '../options.ts';
import { ASSUMED_REVISION, factsOf, isSupported, type Revision, revisionsFor } from '../revisions.ts';
import type { Session } from '../sessions/session.ts';
import type { SessionStore } from '../sessions/store.ts';
import { field, type RequestHead } from './head.ts';
import { type Refusal, refuse } from './reply.ts';

/** The session a request belongs to, whether it needs one or not. */
export type SessionLookup = { kind: 'found'; session: Session } | Refusal;

/**
 * Finds the session of a request: 400 when it names none, 404 when the one it names is not, or no longer, known
 * (2025-11-25, basic/transports, "Session Management", items 2 and 3).
 */
export function findSession(head: RequestHead, sessions: SessionStore): SessionLookup {
  const id = field(head, 'mcp-session-id');
  if (id === undefined) return refuse(400, 'The MCP-Session-Id field is missing; send "initialize" to get a session.');
  const session = sessions.find(id);
  if (session === undefined) return refuse(404, 'There is no such session; send "initialize" to get a new one.');
  return { kind: 'found', session };
}

/**
 * Refuses a request that names a revision this server does not accept ("Protocol Version Header"). A request may name none.
 * It may also name an accepted revision other than its session's: the client only should not, and the one that was
 * negotiated holds for both sides anyway (basic/lifecycle, "Operation").
 */
export function checkProtocolVersion(head: RequestHead, { revisions }: Settings): Refusal | undefined {
  const named = field(head, 'mcp-protocol-version');
  const stateful = revisionsFor(revisions, 'stateful', 'streamable-http');
  if (named === undefined || (isSupported(named) && stateful.includes(named))) return undefined;
  return refuse(400, `The MCP-Protocol-Version must be one of ${stateful.join(', ')}.`, {
    data: { supported: [...stateful] },
  });
}

/**
 * The revision whose rules a request is read by: its session's, otherwise the one it names, otherwise the one to assume
 * ("Protocol Version Header").
 */
export function revisionFor(head: RequestHead, session: Session | undefined): Revision {
  const named = field(head, 'mcp-protocol-version') ?? '';
  const known = isSupported(named) && factsOf(named).transports.includes('streamable-http') ? named : ASSUMED_REVISION;
  return session?.revision ?? known;
}
