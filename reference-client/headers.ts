/** The headers of an HTTP request. */
import type { JsonRpcMessage } from '../spec/messages.ts';
import { type Session, traitsInForce } from './session.ts';

/** An HTTP request that is about to be sent. */
export type Outgoing =
  | { verb: 'POST'; session: Session; message: JsonRpcMessage }
  | { verb: 'GET'; session: Session; lastEventId: string | undefined }
  | { verb: 'DELETE'; session: Session };

/**
 * The headers the protocol demands of a request.
 *
 * Sources: basic/transports#sending-messages-to-the-server, #listening-for-messages-from-the-server,
 * #session-management, #protocol-version-header (from 2025-06-18 on), #resumability-and-redelivery.
 */
export function protocolHeaders(outgoing: Outgoing): Record<string, string> {
  return { ...contentHeaders(outgoing), ...sessionHeaders(outgoing.session) };
}

function contentHeaders(outgoing: Outgoing): Record<string, string> {
  switch (outgoing.verb) {
    case 'POST':
      return { Accept: 'application/json, text/event-stream', 'Content-Type': 'application/json' };
    case 'GET':
      return {
        Accept: 'text/event-stream',
        ...(outgoing.lastEventId !== undefined && { 'Last-Event-ID': utf8HeaderValue(outgoing.lastEventId) }),
      };
    case 'DELETE':
      return {};
  }
}

function sessionHeaders(session: Session): Record<string, string> {
  const headers: Record<string, string> = {};
  if (session.id !== undefined) headers['Mcp-Session-Id'] = session.id;
  // Before there is an agreed revision none can be named; so it is for `initialize` and until it is answered.
  if (session.revision !== undefined && traitsInForce(session)?.versionHeader) {
    headers['MCP-Protocol-Version'] = session.revision;
  }
  return headers;
}

/** Header values are bytes, written as Latin-1 by the HTTP stack; event ids are UTF-8 (WHATWG HTML, 9.2.4). */
function utf8HeaderValue(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}
