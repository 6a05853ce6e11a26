import type { JsonObject } from '../../spec/messages.ts';
import type { Authorization } from './settings.ts';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** Where the metadata of the resource at a path is found (RFC 9728, section 3.1). */
export function metadataPath(path: string): string {
  return `${WELL_KNOWN}${path === '/' ? '' : path}`;
}

/** What clients have to know to get a token for a resource (RFC 9728, section 2). */
export function resourceMetadata(resource: string, { servers, scopes }: Authorization): JsonObject {
  return {
    resource,
    authorization_servers: [...servers],
    scopes_supported: [...scopes],
    bearer_methods_supported: ['header'],
  };
}

/** Where clients of 2025-03-26 look for the authorization server: at the root, whatever the path of the endpoint. */
export const LEGACY_METADATA_PATH = '/.well-known/oauth-authorization-server';

/** What such a client has to know (RFC 8414, section 2); it takes the server itself for its authorization server. */
export function legacyMetadata({ servers, scopes }: Authorization): JsonObject {
  const issuer = servers[0] ?? '';
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    scopes_supported: [...scopes],
  };
}
