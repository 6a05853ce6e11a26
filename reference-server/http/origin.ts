import type { Settings } from '../options.ts';
import { field, type RequestHead } from './head.ts';
import { type Refusal, refuse } from './reply.ts';

/**
 * Refuses requests that a browser sends on behalf of a foreign page (2025-11-25, basic/transports, "Security Warning").
 * Programs that are no browsers send no Origin. `null`, the origin of sandboxed pages and files, can be anybody's.
 */
export function checkOrigin(head: RequestHead, { allowedOrigins }: Settings): Refusal | undefined {
  const origin = field(head, 'origin');
  if (origin === undefined) return undefined;
  const allowed =
    allowedOrigins === undefined ? isLoopbackOrigin(origin) : allowedOrigins.some((one) => sameOrigin(one, origin));
  return allowed ? undefined : refuse(403, 'Requests from this Origin are not allowed.');
}

/**
 * Refuses requests addressed to a name that is not this server's: a page whose name was made to point here sends its own
 * ("DNS rebinding"). A request with two Host fields is malformed (RFC 9112, section 3.2).
 */
export function checkHost(head: RequestHead, { allowedHosts }: Settings): Refusal | undefined {
  const hosts = head.fields.host ?? [];
  if (hosts.length > 1) return refuse(400, 'Send one Host field.');
  const url = `http://${hosts[0] ?? ''}`;
  if (hosts[0] !== undefined && !/[/@?#\\]/.test(hosts[0]) && URL.canParse(url)) {
    const { hostname, host } = new URL(url);
    if (
      allowedHosts === undefined ? isLoopback(hostname) : allowedHosts.some((one) => sameHost(one, { hostname, host }))
    ) {
      return undefined;
    }
  }
  return refuse(403, 'Requests to this Host are not allowed.');
}

function isLoopbackOrigin(origin: string): boolean {
  // An origin is scheme, host and port, nothing else; parsing alone would let `http://localhost/x` through.
  if (!/^https?:\/\/[^/@?#\\]+$/i.test(origin) || !URL.canParse(origin)) return false;
  return isLoopback(new URL(origin).hostname);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]';
}

function sameOrigin(allowed: string, origin: string): boolean {
  return allowed.toLowerCase() === origin.toLowerCase();
}

function sameHost(allowed: string, { hostname, host }: { hostname: string; host: string }): boolean {
  return [hostname, host].includes(allowed.toLowerCase());
}
