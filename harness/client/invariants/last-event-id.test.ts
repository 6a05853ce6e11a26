import { holdsAgainst } from '../../invariants/testing/table.ts';
import { request, result } from '../../invariants/testing/trace-builder.ts';
import { lastEventId } from './last-event-id.ts';

const RULE = 'sse.resume.client-get #2';
const resuming = (id: string) => [
  {
    sent: request(1, 'tools/call'),
    events: [
      { id: 'a', data: '' },
      { id: 'b', data: '' },
    ],
  },
  { method: 'GET', headers: { 'Last-Event-ID': id }, events: [{ id: 'c', data: result(1) }] },
];

holdsAgainst(lastEventId, [
  { shows: 'an id that was sent', exchanges: resuming('b'), says: [`kept ${RULE}`] },
  { shows: 'an id that was not', exchanges: resuming('B'), says: [`broken ${RULE}`] },
  { shows: 'an id that was sent only later', exchanges: resuming('c'), says: [`broken ${RULE}`] },
  { shows: 'silence without one', exchanges: [{ method: 'GET', status: 405 }], says: [] },
]);
