import { describe } from 'vitest';
import { sessionIdCharset, sessionIdSecure } from './session-ids.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const revision = '2025-11-25';
const issuing = (...sessions: string[]) => sessions.map((session) => opened({ revision, session }));
const UUIDS = ['0b9f9a52-5d0e-4f6b-a3a9-2a5f0a9b1c11', '7c1de2f0-93a4-4d0c-8f57-1f0c9e6a7b22'];

describe('characters of session ids', () => {
  const says = (verdict: string) => [`${verdict} session.id-charset #1`];
  holdsAgainst(sessionIdCharset, [
    { shows: 'visible ASCII', exchanges: issuing('!~azAZ09{}'), says: says('kept') },
    { shows: 'a space', exchanges: issuing('an id'), says: says('broken') },
    { shows: 'a character beyond ASCII', exchanges: issuing('ïd'), says: says('broken') },
    { shows: 'a delete character', exchanges: issuing('a\x7f'), says: says('broken') },
    { shows: 'silence where none is issued', exchanges: [opened({ revision })], says: [] },
    {
      shows: 'silence on one that the client made up',
      exchanges: [{ session: 'a b', sent: request(1, 'ping'), json: result(1), issues: 'a b' }],
      says: [],
    },
  ]);
});

describe('chance in session ids', () => {
  const says = (...verdicts: string[]) => verdicts.map((verdict, at) => `${verdict} session.id-secure #${at + 1}`);
  holdsAgainst(sessionIdSecure, [
    { shows: 'UUIDs', exchanges: issuing(...UUIDS), says: says('kept', 'kept') },
    { shows: 'short ids', exchanges: issuing('1', '2'), says: says('broken', 'broken') },
    { shows: 'the same id twice', exchanges: issuing(UUIDS[0] ?? '', UUIDS[0] ?? ''), says: says('kept', 'broken') },
    {
      shows: 'a counter in a long id',
      exchanges: issuing('session-0000000000000009', 'session-0000000000000010'),
      says: says('kept', 'broken'),
    },
    { shows: 'an id of just enough characters', exchanges: issuing('0123456789abcdef'), says: says('kept') },
    {
      shows: 'ids with a common beginning',
      exchanges: issuing('01927f3a-8c5d-7f6b-a3a9-2a5f0a9b1c11', '01927f3a-8c5e-71de-8f57-1f0c9e6a7b22'),
      says: says('kept', 'kept'),
    },
    { shows: 'silence where none is issued', exchanges: [opened({ revision })], says: [] },
    {
      shows: 'silence on an id that the request had already',
      exchanges: [{ ...opened({ revision, session: 'x' }), session: 'x' }],
      says: [],
    },
  ]);
});
