import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { inShort } from '../judge/in-short.ts';
import { observe } from '../judge/observation.ts';
import type { Exchange } from '../trace/exchange.ts';
import type { TraceEvent } from '../trace/trace.ts';
import { isObject } from '../wire/json-rpc.ts';
import { whyHopeless, whyNoServer } from './why-hopeless.ts';

/** A key of `_meta` in a result under which a server says who it is (2026-07-28, basic#_meta). */
const SERVER_INFO = 'io.modelcontextprotocol/serverInfo';

/** Whether a server that does not know `server/discover` should be asked for its tools, to see of which era it is. */
export function knowsNoDiscovery(probe: Exchange): boolean {
  const { error } = observe(probe);
  return isObject(error) && error.code === -32601;
}

/**
 * Why a server cannot be judged at a stateless revision, in one sentence; null when it speaks that revision. A server that
 * does not accept such requests owes nothing of what the revision demands.
 *
 * @param probes the answer to `server/discover` and, where that is not known, to `tools/list`
 */
export function whyNotStateless(
  probes: readonly Exchange[],
  revision: Revision,
  events: readonly TraceEvent[],
): string | null {
  const [probe, second] = probes;
  if (!probe) return 'the first request could not be sent';
  const { result, error } = observe(probe);
  if (isObject(result)) {
    if (Array.isArray(result.supportedVersions)) return offersOther(result.supportedVersions, revision);
    // a server with a handshake may answer what it does not know with anything
    if (typeof result.resultType === 'string') return null;
    return `it does not speak revision ${revision}: it answers server/discover with ${inShort(result, 200)}`;
  }
  const supported = isObject(error) && error.code === -32022 && isObject(error.data) ? error.data.supported : undefined;
  const other = supported === undefined ? null : offersOther(supported, revision);
  if (other) return other;
  // only servers of this era say of what type a result is
  const tools = second ? observe(second).result : undefined;
  if (isObject(tools) && typeof tools.resultType === 'string') return null;
  if (error !== undefined && probe.response?.status !== 401 && probe.response?.status !== 403) {
    const status = probe.response ? ` (HTTP ${probe.response.status})` : '';
    return `it does not speak revision ${revision}: it answers server/discover with the error ${inShort(error, 200)}${status}`;
  }
  return probe.response || !events.some(({ kind }) => kind === 'exit' || kind === 'line' || kind === 'stderr')
    ? whyHopeless(probe)
    : whyNoServer(probe, events);
}

/** What a server says of itself in answer to `server/discover`; null for capabilities that are not known without. */
export function discovered(probe: Exchange | undefined): {
  capabilities: JsonObject | null;
  serverInfo: Json;
  supportedVersions: Json;
} {
  const result = probe ? observe(probe).result : undefined;
  const { capabilities, _meta: meta, supportedVersions = null } = isObject(result) ? result : {};
  return {
    capabilities: isObject(capabilities) ? capabilities : null,
    serverInfo: isObject(meta) ? (meta[SERVER_INFO] ?? null) : null,
    supportedVersions,
  };
}

function offersOther(versions: Json | undefined, revision: Revision): string | null {
  if (!Array.isArray(versions) || versions.includes(revision)) return null;
  return `it does not speak revision ${revision}: it offers ${inShort(versions, 200)}`;
}
