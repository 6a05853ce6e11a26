import { inShort } from '../judge/in-short.ts';
import { observe } from '../judge/observation.ts';
import { type Endpoint, readEndpoint } from '../session/sse-endpoint.ts';
import { type Exchange, exchangesOf } from '../trace/exchange.ts';
import type { Trace } from '../trace/trace.ts';
import { mediaTypeOf } from '../wire/headers.ts';
import { isObject } from '../wire/json-rpc.ts';
import { methodIn, whyHopeless, whyNoServer } from './why-hopeless.ts';

/**
 * The same for a server over HTTP+SSE, given the GET that was to open its stream or, where that named an endpoint, the POST
 * of the first request.
 */
export function whyNoConnection(opening: Exchange): string | null {
  if (opening.method === 'GET') return whyNoStream(opening);
  const asked = methodIn(opening);
  const { result, error } = observe(opening);
  if (isObject(result)) return null;
  if (isObject(error)) return `it answers ${asked} with the error ${inShort(error, 200)}`;
  const { response, end } = opening;
  if (!response || (response.status >= 300 && response.status < 400) || [401, 403].includes(response.status)) {
    return whyHopeless(opening);
  }
  if (response.status >= 400) {
    return `it answers ${asked} with HTTP ${response.status} at ${inShort(opening.url, 200)}, where its endpoint event says that messages go`;
  }
  const how = end?.how === 'broken' ? 'the stream ended first' : 'none came in time';
  return `it takes ${asked} (HTTP ${response.status}), but sends no response to it on its event stream: ${how}`;
}

/** What the first endpoint event of a stream says; null without one. */
export function endpointIn({ payload, url }: Exchange): Endpoint | null {
  const event = payload.events.find((one) => one.event === 'endpoint' && one.terminated);
  return event ? readEndpoint(event.data ?? '', url) : null;
}

/** Whether a server over HTTP+SSE got so far as to name an endpoint, fit to be used or not. */
export function namesEndpoint(trace: Trace): boolean {
  return exchangesOf(trace).some((exchange) => endpointIn(exchange) !== null);
}

function whyNoStream(stream: Exchange): string | null {
  const { response, end } = stream;
  if (response && response.status >= 400 && ![401, 403].includes(response.status)) {
    return `it answers HTTP ${response.status} to GET: HTTP+SSE, the transport of 2024-11-05, is not spoken at this address`;
  }
  if (!response || response.status >= 300) return whyHopeless(stream);
  const endpoint = endpointIn(stream);
  switch (endpoint?.kind) {
    case 'usable':
      return null;
    case 'foreign':
      return `its endpoint event names another origin, ${inShort(endpoint.origin, 200)}: no message is sent there`;
    case 'unusable':
      return `its endpoint event names ${inShort(endpoint.said, 200)}, which is no address that messages could be sent to`;
  }
  const type = mediaTypeOf(response.headers);
  if (type !== 'text/event-stream') {
    return `it answers GET with ${type ?? 'no Content-Type'} (HTTP ${response.status}) and no event stream: is this the address that clients of HTTP+SSE connect to?`;
  }
  const how = end?.how === 'complete' ? 'it ended without one' : 'none came in time';
  return `its event stream has no endpoint event, which says where messages go: ${how}`;
}

/** Why nothing can be judged after what a server said to the first request, over whatever transport; null when it can. */
export function whyUnfit({ header, events }: Pick<Trace, 'header' | 'events'>, opening: Exchange): string | null {
  switch (header.transport) {
    case 'stdio':
      return whyNoServer(opening, events);
    case 'http+sse':
      return whyNoConnection(opening);
    case 'streamable-http':
      return whyHopeless(opening);
  }
}

/** The exchange that was to open the conversation: over HTTP+SSE the first POST or, without one, the GET before it. */
export function openingOf(trace: Trace): Exchange | undefined {
  const exchanges = exchangesOf(trace);
  const posted = trace.header.transport === 'http+sse' ? exchanges.find(({ sent }) => sent.length) : undefined;
  return posted ?? exchanges[0];
}
