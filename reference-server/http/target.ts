import { LEGACY_METADATA_PATH, metadataPath } from '../authorization/metadata.ts';
import type { Settings } from '../options.ts';
import { revisionsFor } from '../revisions.ts';
import type { RequestHead } from './head.ts';
import { type Refusal, refuse } from './reply.ts';

const MOST_FIELDS = 100;

/** Refuses a request with more header fields than anybody needs (RFC 6585, section 5). */
export function checkFieldCount(head: RequestHead): Refusal | undefined {
  return head.fieldCount > MOST_FIELDS ? refuse(431, `Send at most ${MOST_FIELDS} header fields.`) : undefined;
}

/** The methods that each path takes: the MCP endpoint, the two endpoints of the older transport, and what tells how to get in. */
export function methodsOf({
  path,
  ssePath,
  messagePath,
  revisions,
  authorization,
}: Settings): ReadonlyMap<string, readonly string[]> {
  const stateful = revisionsFor(revisions, 'stateful', 'streamable-http').length > 0;
  const stateless = revisionsFor(revisions, 'stateless', 'streamable-http').length > 0;
  const older = revisionsFor(revisions, 'stateful', 'http-sse').length > 0;
  return new Map<string, readonly string[]>([
    ...(older
      ? ([
          [ssePath, ['GET']],
          [messagePath, ['POST']],
        ] as const)
      : []),
    ...(authorization
      ? ([
          [metadataPath(path), ['GET']],
          [LEGACY_METADATA_PATH, ['GET']],
        ] as const)
      : []),
    ...(stateful ? ([[path, ['POST', 'GET', 'DELETE']]] as const) : []),
    // Streams by GET and sessions to DELETE are no part of the stateless revisions (2026-07-28, basic/transports/streamable-http).
    ...(stateless && !stateful ? ([[path, ['POST']]] as const) : []),
  ]);
}

/** Refuses other paths than those of the endpoints (2025-11-25, basic/transports). Paths count letter by letter. */
export function checkPath(head: RequestHead, settings: Settings): Refusal | undefined {
  if (methodsOf(settings).has(head.path)) return undefined;
  return refuse(404, `There is nothing here; the MCP endpoint is ${settings.path}.`);
}

/** Refuses methods that an endpoint does not take; the answer says which it takes (RFC 9110, section 15.5.6). */
export function checkMethod(head: RequestHead, settings: Settings): Refusal | undefined {
  const methods = methodsOf(settings).get(head.path) ?? [];
  if (methods.includes(head.method)) return undefined;
  const allowed = methods.join(', ');
  return refuse(405, `Use one of the methods ${allowed}.`, { headers: { Allow: allowed } });
}
