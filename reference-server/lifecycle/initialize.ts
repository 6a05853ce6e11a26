import type { JsonObject } from '../../spec/messages.ts';
import type { ClientFacts } from '../dispatch/context.ts';
import { isObject } from '../envelope/message.ts';
import { isSupported, type Revision } from '../revisions.ts';
import { requireValid, validatorOf } from '../validation.ts';
import { INSTRUCTIONS, serverInfo } from './server-info.ts';

/** What a client asks for in `initialize`. */
export interface InitializeRequest {
  requested: string;
  client: ClientFacts;
}

const CAPABILITIES = ['experimental', 'roots', 'sampling', 'elicitation', 'tasks'];

const validateInitialize = validatorOf(
  {
    type: 'object',
    required: ['protocolVersion', 'capabilities', 'clientInfo'],
    properties: {
      protocolVersion: { type: 'string' },
      capabilities: {
        type: 'object',
        properties: Object.fromEntries(CAPABILITIES.map((name) => [name, { type: 'object' }])),
      },
      clientInfo: {
        type: 'object',
        required: ['name', 'version'],
        properties: { name: { type: 'string' }, version: { type: 'string' } },
      },
    },
  },
  'params',
);

/**
 * Reads the params of `initialize` (2025-11-25, schema, `InitializeRequestParams`).
 *
 * @throws ProtocolError -32602 that names every fault
 */
export function readInitialize(params: JsonObject): InitializeRequest {
  requireValid(validateInitialize, params);
  const { protocolVersion, capabilities, clientInfo } = params;
  const { name, version } = isObject(clientInfo) ? clientInfo : {};
  return {
    requested: String(protocolVersion),
    client: {
      name: String(name),
      version: String(version),
      capabilities: isObject(capabilities) ? capabilities : {},
    },
  };
}

/**
 * Picks the revision of a session: the one asked for if the server accepts it, otherwise the newest it accepts
 * (2025-11-25, basic/lifecycle, "Version Negotiation"). An unknown revision is no error: the client decides.
 *
 * @param accepted newest first, at least one
 */
export function negotiate(requested: string, accepted: readonly [Revision, ...Revision[]]): Revision {
  return isSupported(requested) && accepted.includes(requested) ? requested : accepted[0];
}

/** The result of `initialize` (2025-11-25, schema, `InitializeResult`). */
export function initializeResult(revision: Revision, capabilities: JsonObject): JsonObject {
  return {
    protocolVersion: revision,
    capabilities,
    serverInfo: serverInfo(revision),
    instructions: INSTRUCTIONS,
  };
}
