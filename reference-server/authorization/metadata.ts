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
