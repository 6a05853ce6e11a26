import { generatedProperty } from '../generated-property.ts';
import { messages } from './arbitraries.ts';
import { kindOf } from './model.ts';
import { openSender, type Sight } from './try-message.ts';

/**
 * Generated JSON-RPC envelopes, valid and broken, against a model of the answers that are allowed; after each one the
 * session has to be usable.
 */
export const envelopesProperty = generatedProperty({
  id: 'property.envelopes',
  title: 'every message, valid or broken, gets an answer that is allowed, and the session stays usable',
  requires: ['jsonrpc.follows-2.0', 'ping.respond', 'http.post.notification-202'],
  transports: ['streamable-http'],
  // its messages belong to a session
  revisions: '<2026-07-28',
  values: messages,
  open: openSender,
  noun: 'message',
  value: ({ message }) => message,
  occasions,
  blocked: 'no session could be opened',
});

/** The rules that a message gives an occasion to keep. */
function occasions({ message }: Sight): string[] {
  const kind = kindOf(message);
  if (kind === 'doubtful') return [];
  if (kind === 'ping') return ['ping.respond'];
  return kind === 'notification' || kind === 'response' ? ['http.post.notification-202'] : ['jsonrpc.follows-2.0'];
}
