import type { JsonObject } from '../../spec/messages.ts';
import { factsOf, type Revision } from '../revisions.ts';

/** What the server says of itself, with the members that the revision knows (schema, `Implementation`). */
export function serverInfo(revision: Revision): JsonObject {
  const { titles, implementationDetails } = factsOf(revision);
  return {
    name: 'mcp-assay-reference-server',
    version: '1.0.0',
    ...(titles ? { title: 'mcp-assay reference server' } : {}),
    ...(implementationDetails
      ? { description: 'A small MCP server without an SDK, written to follow every rule of the protocol.' }
      : {}),
  };
}

/** What a model should know before it uses the server. */
export const INSTRUCTIONS =
  'Looks up and changes the users of a user service. Find a user with search_users or get_user_by_id before you ' +
  'change it with update_user or delete_user. The assay_* tools change nothing; they show how this server behaves.';
