import type { Invariant } from './invariant.ts';
import { pagesOf } from './listings.ts';
import { type Breach, judged, show } from './outcomes.ts';

/** The schemes that the resources page itself names: the rule is about all others. */
const NAMED_SCHEMES = new Set(['http', 'https', 'file', 'git']);

/** The characters of RFC 3986, 2: unreserved, reserved, and octets written with a percent sign. */
const URI_CHARACTERS = /^(?:[A-Za-z0-9._~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*$/;

/** URIs of listed resources: a scheme as RFC 3986, 3.1, has it, and no character that needs a percent sign. */
export const resourceUris: Invariant = {
  id: 'invariant.resources.uris',
  title: 'resource URIs of custom schemes are valid URIs',
  occasion: 'resources with URIs of a custom scheme',
  requires: ['resources.custom-uri-rfc3986'],
  judge: (view) =>
    pagesOf(view, 'resources/list', 'resources').flatMap((pages) =>
      pages.flatMap(({ exchange, items }) => {
        const uris = items.flatMap(({ item: { uri }, path }) =>
          typeof uri === 'string' && isCustom(uri) ? [{ uri, path: `${path}.uri` }] : [],
        );
        const breaches = uris.flatMap(({ uri, path }) => faultIn(uri, path));
        return judged('resources.custom-uri-rfc3986', exchange, breaches, uris.length > 0);
      }),
    ),
};

function isCustom(uri: string): boolean {
  const [, scheme] = /^([^:/?#]*):/.exec(uri) ?? [];
  return !NAMED_SCHEMES.has(scheme?.toLowerCase() ?? '');
}

function faultIn(uri: string, path: string): Breach[] {
  const [, scheme, rest = ''] = /^([^:/?#]*):(.*)$/s.exec(uri) ?? [];
  const found = { path, actual: uri };
  // a name without a scheme is no URI, but the sentence speaks of schemes
  if (scheme === undefined) return [{ ...found, message: `${show(uri)} is no URI: it has no scheme`, atMost: 'warn' }];
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) {
    return [{ ...found, message: `${show(uri)} is no URI: a scheme may not be ${show(scheme)}` }];
  }
  if (URI_CHARACTERS.test(rest)) return [];
  return [{ ...found, message: `${show(uri)} is no URI: it holds characters that a URI writes with a percent sign` }];
}
