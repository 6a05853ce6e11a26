import { describe } from 'vitest';
import type { Revision } from '../../spec/revisions.ts';
import { revisionMessages } from './revision-messages.ts';
import { notification, opened, request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const RULE = 'lifecycle.op.respect-version';
const trace = (
  revision: Revision,
  message: ReturnType<typeof request>,
  negotiates: string = revision,
): WrittenExchange[] => [
  opened({ revision, session: 's', negotiates }),
  { session: 's', method: 'GET', events: [{ data: message }] },
];
const elicit = request('r', 'elicitation/create');
const complete = notification('notifications/elicitation/complete');

describe('messages of other revisions', () => {
  holdsAgainst(revisionMessages, [
    {
      shows: 'elicitation in 2025-03-26',
      revision: '2025-03-26',
      exchanges: trace('2025-03-26', elicit),
      says: [`broken ${RULE} #2`],
    },
    {
      shows: 'elicitation in 2025-06-18',
      revision: '2025-06-18',
      exchanges: trace('2025-06-18', elicit),
      says: [`kept ${RULE} #2`],
    },
    {
      shows: 'the end of an elicitation in 2025-06-18',
      revision: '2025-06-18',
      exchanges: trace('2025-06-18', complete),
      says: [`broken ${RULE} #2`],
    },
    {
      shows: 'the end of an elicitation in 2025-11-25',
      exchanges: trace('2025-11-25', complete),
      says: [`kept ${RULE} #2`],
    },
    {
      shows: 'a subscription of 2026-07-28 in 2025-11-25',
      exchanges: trace('2025-11-25', notification('notifications/subscriptions/acknowledged')),
      says: [`broken ${RULE} #2`],
    },
    {
      shows: 'silence on methods that no revision has',
      exchanges: trace('2025-11-25', notification('notifications/example')),
      says: [],
    },
    {
      shows: 'silence on methods of the client',
      exchanges: trace('2025-11-25', notification('notifications/initialized')),
      says: [],
    },
    {
      shows: 'silence in a session of another revision',
      revision: '2025-03-26',
      exchanges: trace('2025-03-26', elicit, '2025-06-18'),
      says: [],
    },
  ]);
});
