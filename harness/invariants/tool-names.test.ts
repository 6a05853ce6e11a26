import { describe } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { notification, opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';
import { toolNames } from './tool-names.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const page = (names: Json[], cursor?: string, nextCursor?: string): WrittenExchange => {
  const tools: JsonObject[] = names.map((name) => ({ name, inputSchema: { type: 'object' } }));
  return {
    session: 's',
    sent: request(1, 'tools/list', cursor === undefined ? {} : { cursor }),
    json: result(1, { tools, ...(nextCursor === undefined ? {} : { nextCursor }) }),
  };
};
const good = (at = 2) => ['charset', 'no-special', 'length'].map((rule) => `kept tools.name-${rule} #${at}`);
const unique = (verdict: string, at = 2) => `${verdict} tools.name-unique #${at}`;
const changed = { session: 's', method: 'GET', events: [{ data: notification('notifications/tools/list_changed') }] };

describe('names of tools', () => {
  holdsAgainst(toolNames, [
    { shows: 'good names', exchanges: [open, page(['get_User.v2', 'DATA-1'])], says: [...good(), unique('kept')] },
    {
      shows: 'a space, a comma, a letter that is not ASCII',
      exchanges: [open, ...['a b', 'a,b', 'ä'].map((name) => page([name]))],
      says: [2, 3, 4].flatMap((at) => [`broken tools.name-charset #${at}`, `kept tools.name-length #${at}`]),
    },
    {
      shows: 'an empty name and a long one',
      exchanges: [open, page(['', 'x'.repeat(129)])],
      says: [
        'kept tools.name-charset #2',
        'kept tools.name-no-special #2',
        'broken tools.name-length #2',
        'broken tools.name-length #2',
        unique('kept'),
      ],
    },
    { shows: 'a name twice on a page', exchanges: [open, page(['a', 'a'])], says: [...good(), unique('broken')] },
    {
      shows: 'a name on two pages of one walk',
      exchanges: [open, page(['a', 'b'], undefined, 'c'), page(['a'], 'c')],
      says: [...good(), ...good(3), unique('broken', 3)],
    },
    {
      shows: 'the list read twice',
      exchanges: [open, page(['a', 'b'], undefined, 'c'), page(['a', 'b'], undefined, 'c'), page(['d'], 'c')],
      says: [...good(), ...good(3), ...good(4), unique('kept'), unique('kept', 4)],
    },
    {
      shows: 'a page that came twice',
      exchanges: [open, page(['a'], undefined, 'c'), page(['a'], 'c', 'c'), page(['a'], 'c')],
      says: [...good(), ...good(3), ...good(4)],
    },
    {
      shows: 'a list that changed between its pages',
      exchanges: [open, page(['a', 'b'], undefined, 'c'), changed, page(['a'], 'c')],
      says: [...good(), ...good(4)],
    },
    { shows: 'silence on names that are no strings', exchanges: [open, page([7, 7])], says: [] },
    {
      shows: 'silence in a session of another revision',
      exchanges: [opened({ revision: '2025-11-25', session: 's', negotiates: '2025-06-18' }), page(['a b'])],
      says: [],
    },
  ]);
});
