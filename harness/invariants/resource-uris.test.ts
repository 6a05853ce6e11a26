import { describe } from 'vitest';
import { resourceUris } from './resource-uris.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const trace = (...uris: string[]): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's' }),
  {
    session: 's',
    sent: request(1, 'resources/list'),
    json: result(1, { resources: uris.map((uri) => ({ uri, name: 'r' })) }),
  },
];
const KEPT = 'kept resources.custom-uri-rfc3986 #2';
const BROKEN = 'broken resources.custom-uri-rfc3986 #2';

describe('URIs of resources', () => {
  holdsAgainst(resourceUris, [
    {
      shows: 'custom schemes',
      exchanges: trace('demo://a/b?c=d#e', 'urn:example:a', 'x-y.z+1:%C3%A4', 'note:'),
      says: [KEPT],
    },
    { shows: 'a scheme with an underscore', exchanges: trace('my_scheme://a'), says: [BROKEN] },
    {
      shows: 'a space, a bare percent sign, a letter that is not ASCII, braces',
      exchanges: trace('demo://a b', 'demo://%', 'demo://ä', 'demo://{a}'),
      says: [BROKEN, BROKEN, BROKEN, BROKEN],
    },
    { shows: 'a name that is no URI: a warning', exchanges: trace('readme'), says: [`${BROKEN} (warn)`] },
    {
      shows: 'silence on schemes that are not custom',
      exchanges: trace('file:///a b', 'https://example.com/ä', 'git://a b'),
      says: [],
    },
    { shows: 'silence on an empty list', exchanges: trace(), says: [] },
  ]);
});
