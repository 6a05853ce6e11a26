import { describe } from 'vitest';
import { failure, opened, request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import { urlRequired } from './url-required.ts';

const open = opened({ revision: '2025-11-25', session: 's' });
const refused = (method: string, code: number) => [
  open,
  { session: 's', sent: request(1, method), json: failure(1, code) },
];

describe('the demand for a visit', () => {
  holdsAgainst(urlRequired, [
    {
      shows: 'a call that has to wait',
      exchanges: refused('tools/call', -32042),
      says: ['kept elicit.url-required.only #2'],
    },
    { shows: 'a ping that has to', exchanges: refused('ping', -32042), says: ['broken elicit.url-required.only #2'] },
    { shows: 'silence on other errors', exchanges: refused('ping', -32601), says: [] },
  ]);
});
