import Type from 'typebox';
import type { Topic } from './layers.ts';
import { result, typedResult } from './shapes.ts';

/** The members that say how long, and for whom, a result may be kept (2026-07-28). */
export const cacheable = {
  ...typedResult,
  /** Milliseconds. */
  ttlMs: Type.Integer({ minimum: 0 }),
  cacheScope: Type.Enum(['private', 'public']),
};

/** Results that may be kept (page `server/utilities/caching`). */
export const caching = {
  '2026-07-28': { CacheableResult: result(cacheable) },
} satisfies Topic;
