import { holdsAgainst } from '../../invariants/testing/table.ts';
import { opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { requestIds } from './request-ids.ts';

const revision = '2025-11-25';
const says = (...verdicts: string[]) =>
  verdicts.map((verdict) => `${verdict.split(' ')[0]} jsonrpc.request.id-unique-session ${verdict.split(' ')[1]}`);
const ping = (id: string | number, session?: string) => ({
  sent: request(id, 'ping'),
  json: result(id),
  ...(session === undefined ? {} : { session }),
});

holdsAgainst(requestIds, [
  { shows: 'different ids', exchanges: [opened({ revision }), ping(1), ping(2)], says: says('kept #2', 'kept #3') },
  {
    shows: 'ids that differ in type only',
    exchanges: [opened({ revision }), ping(1), ping('1')],
    says: says('kept #2', 'kept #3'),
  },
  { shows: 'an id twice', exchanges: [opened({ revision }), ping(1), ping(1)], says: says('kept #2', 'broken #3') },
  {
    shows: 'the id of initialize again',
    exchanges: [opened({ revision }), ping('open')],
    says: says('broken #2').slice(0, 1),
  },
  {
    shows: 'an id again in another session',
    exchanges: [
      opened({ revision, session: 'a' }),
      ping(1, 'a'),
      opened({ revision, session: 'b' }),
      ping(1, 'b'),
      ping(2, 'a'),
    ],
    says: says('kept #2', 'kept #3', 'kept #4', 'kept #5'),
  },
  {
    shows: 'a request sent again that never got an answer',
    exchanges: [opened({ revision }), { sent: request(1, 'ping'), status: 0 }, ping(1)],
    says: says('kept #2', 'kept #3'),
  },
]);
