import type { JsonObject } from '../../spec/messages.ts';
import { INSTRUCTIONS } from '../lifecycle/server-info.ts';
import type { Revision } from '../revisions.ts';

/**
 * The result of `server/discover` (2026-07-28, server/discover): all revisions the server speaks, those that begin with
 * `initialize` included, because a client that knows no other can use them.
 */
export function discoverResult(revisions: readonly Revision[], capabilities: JsonObject): JsonObject {
  return { supportedVersions: [...revisions], capabilities, instructions: INSTRUCTIONS };
}
