import { describe } from 'vitest';
import { holdsAgainst } from '../../invariants/testing/table.ts';
import { confirmed, opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { sessionHeader, versionHeader } from './headers.ts';

const revision = '2025-11-25';
const ping = { sent: request(1, 'ping'), json: result(1) };

describe('session ids', () => {
  const RULE = 'session.client-includes';
  const ready = [opened({ revision, session: 's' }), confirmed({ session: 's' })];
  holdsAgainst(sessionHeader, [
    {
      shows: 'repeated',
      exchanges: [...ready, { ...ping, session: 's' }],
      says: [`kept ${RULE} #2`, `kept ${RULE} #3`],
    },
    { shows: 'left out', exchanges: [...ready, ping], says: [`kept ${RULE} #2`, `broken ${RULE} #3`] },
    {
      shows: 'left out of a GET',
      exchanges: [...ready, { method: 'GET', status: 405 }],
      says: [`kept ${RULE} #2`, `broken ${RULE} #3`],
    },
    {
      shows: 'changed',
      exchanges: [...ready, { ...ping, session: 'S' }],
      says: [`kept ${RULE} #2`, `broken ${RULE} #3`],
    },
    {
      shows: 'left out from the first',
      exchanges: [opened({ revision, session: 's' }), ping],
      says: [`broken ${RULE} #2`],
    },
    { shows: 'silence where none is issued', exchanges: [opened({ revision }), ping], says: [] },
    {
      shows: 'none on a new opening, and the new one after it',
      exchanges: [...ready, opened({ revision, session: 't' }), confirmed({ session: 't' })],
      says: [`kept ${RULE} #2`, `kept ${RULE} #4`],
    },
    {
      shows: 'silence on what was sent while a session was opened',
      exchanges: [
        ...ready,
        { ...opened({ revision, session: 't' }), at: 5_000, endsAfter: 500 },
        { ...ping, at: 5_100 },
      ],
      says: [`kept ${RULE} #2`],
    },
    {
      shows: 'silence on what was sent before initialize was answered, and came late',
      exchanges: [opened({ revision, session: 's' }), { ...ping, at: 900 }, confirmed({ session: 's' })],
      says: [`kept ${RULE} #3`],
    },
    {
      shows: 'silence on the answer to a ping that came with the opening',
      exchanges: [
        {
          sent: request('open', 'initialize', {}),
          issues: 's',
          events: [{ data: request('p', 'ping') }, { data: result('open', { protocolVersion: revision }) }],
        },
        { sent: result('p') },
      ],
      says: [],
    },
  ]);
});

describe('protocol versions', () => {
  const SENDS = 'http.protocol-version.client-sends #2';
  const AGREED = 'http.protocol-version.negotiated #2';
  const naming = (version: string | null) => ({ ...confirmed(), headers: { 'MCP-Protocol-Version': version } });
  holdsAgainst(versionHeader, [
    { shows: 'named', exchanges: [opened({ revision }), naming(revision)], says: [`kept ${SENDS}`, `kept ${AGREED}`] },
    { shows: 'not named', exchanges: [opened({ revision }), naming(null)], says: [`broken ${SENDS}`] },
    {
      shows: 'another named',
      exchanges: [opened({ revision }), naming('2025-06-18')],
      says: [`kept ${SENDS}`, `broken ${AGREED}`],
    },
    {
      shows: 'the one agreed on, which is older',
      exchanges: [opened({ revision, negotiates: '2025-06-18' }), naming('2025-06-18')],
      says: [`kept ${SENDS}`, `kept ${AGREED}`],
    },
    {
      shows: 'silence where one without the header was agreed on',
      exchanges: [opened({ revision, negotiates: '2025-03-26' }), naming(null)],
      says: [],
    },
    {
      shows: 'silence where what was agreed on does not exist',
      exchanges: [opened({ revision, negotiates: '1999-01-01' }), naming(null)],
      says: [],
    },
  ]);
});
