import { describe } from 'vitest';
import { metaPrefixes } from './meta-prefixes.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const withKey = (key: string): WrittenExchange => ({
  session: 's',
  sent: request(1, 'tools/call'),
  json: result(1, { content: [], _meta: { [key]: 1 } }),
});

describe('prefixes of keys in _meta', () => {
  holdsAgainst(metaPrefixes, [
    { shows: 'reverse order', exchanges: [open, withKey('com.example/a')], says: ['kept meta.reverse-dns #2'] },
    { shows: 'forward order', exchanges: [open, withKey('example.com/a')], says: ['broken meta.reverse-dns #2'] },
    { shows: 'silence on what shows no order', exchanges: [open, withKey('alpha.beta/a')], says: [] },
    { shows: 'silence on a single label', exchanges: [open, withKey('com/a')], says: [] },
    { shows: 'silence without a prefix', exchanges: [open, withKey('a.com')], says: [] },
  ]);
});
