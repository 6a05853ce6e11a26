import type { JsonObject } from '../../spec/messages.ts';
import { isObject } from '../envelope/message.ts';
import { serverInfo } from '../lifecycle/server-info.ts';
import type { Revision } from '../revisions.ts';
import { META } from './meta.ts';

/** How long and by whom a result may be kept (2026-07-28, server/utilities/caching). */
export type CacheHints = { ttlMs: number; cacheScope: 'public' | 'private' };

const SAME_FOR_ALL: CacheHints = { ttlMs: 60_000, cacheScope: 'public' };

const HINTS: Readonly<Record<string, CacheHints>> = {
  'server/discover': { ttlMs: 60 * 60_000, cacheScope: 'public' },
  'tools/list': SAME_FOR_ALL,
  'prompts/list': SAME_FOR_ALL,
  'resources/list': SAME_FOR_ALL,
  'resources/templates/list': SAME_FOR_ALL,
  // What a resource holds can change at any time, and can depend on what its reader was asked.
  'resources/read': { ttlMs: 0, cacheScope: 'private' },
};

/** The hints that the result of a method must have; undefined for a method whose results are not for caching. */
export function cacheHints(method: string): CacheHints | undefined {
  return Object.hasOwn(HINTS, method) ? HINTS[method] : undefined;
}

/** The type of a result that has not said it itself (2026-07-28, basic, "ResultType"). */
export function resultType(_result: JsonObject): string {
  return 'complete';
}

/** What every result says of the server (2026-07-28, basic, "Per-response protocol fields"). */
export function resultMeta(revision: Revision): JsonObject {
  return { [META.serverInfo]: serverInfo(revision) };
}

/** A handler's result with all that the stateless revisions want on it. Questions are no results to be cached. */
export function finishResult(
  method: string,
  result: JsonObject,
  revision: Revision,
  steps: { cacheHints: typeof cacheHints; resultType: typeof resultType; resultMeta: typeof resultMeta },
): JsonObject {
  const type = typeof result.resultType === 'string' ? result.resultType : steps.resultType(result);
  const hints = type === 'complete' ? steps.cacheHints(method) : undefined;
  const meta = isObject(result._meta) ? result._meta : {};
  return { resultType: type, ...result, ...hints, _meta: { ...steps.resultMeta(revision), ...meta } };
}
