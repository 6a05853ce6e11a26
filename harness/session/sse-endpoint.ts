/** What an endpoint event says (2024-11-05, basic/transports, HTTP with SSE). */
export type Endpoint =
  | { readonly kind: 'usable'; readonly url: string }
  /** An address elsewhere: whoever wrote the event would have messages and credentials sent there. */
  | { readonly kind: 'foreign'; readonly origin: string }
  | { readonly kind: 'unusable'; readonly said: string };

/**
 * Reads the data of an endpoint event: a URI, resolved against the address of the stream.
 *
 * @param stream the address that was connected to
 */
export function readEndpoint(data: string, stream: string): Endpoint {
  const base = new URL(stream);
  const url = data.trim() !== '' && URL.canParse(data, stream) ? new URL(data, base) : null;
  if (!url || !/^https?:$/.test(url.protocol)) return { kind: 'unusable', said: data };
  if (url.origin !== base.origin) return { kind: 'foreign', origin: url.origin };
  url.hash = '';
  // a user or a password in the event is not the user's to send
  url.username = '';
  url.password = '';
  return { kind: 'usable', url: url.href };
}
