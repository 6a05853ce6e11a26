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
