import { holdsAgainst } from '../../invariants/testing/table.ts';
import { notification, opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { cancellation } from './cancellation.ts';

const revision = '2025-11-25';
const call = { sent: request(1, 'tools/call'), json: result(1) };
const cancel = (params: Parameters<typeof notification>[1]) => ({
  sent: notification('notifications/cancelled', params),
});
const ID = 'cancel.request-id #3';
const INITIALIZE = 'cancel.not-initialize #3';
const INFLIGHT = 'cancel.references-own-inflight #3';

holdsAgainst(cancellation, [
  {
    shows: 'a request in progress',
    exchanges: [opened({ revision }), { ...call, end: null }, cancel({ requestId: 1 })],
    says: [`kept ${ID}`, `kept ${INITIALIZE}`, `kept ${INFLIGHT}`],
  },
  {
    shows: 'a request whose response crossed it',
    exchanges: [opened({ revision }), call, cancel({ requestId: 1 })],
    says: [`kept ${ID}`, `kept ${INITIALIZE}`, `kept ${INFLIGHT}`],
  },
  {
    shows: 'a request long answered',
    exchanges: [opened({ revision }), call, { ...cancel({ requestId: 1 }), at: 60_000 }],
    says: [`kept ${ID}`, `kept ${INITIALIZE}`, `broken ${INFLIGHT}`],
  },
  {
    shows: 'an id of another type',
    exchanges: [opened({ revision }), call, cancel({ requestId: '1' })],
    says: [`kept ${ID}`, `kept ${INITIALIZE}`, `broken ${INFLIGHT}`],
  },
  {
    shows: 'initialize',
    exchanges: [opened({ revision }), call, cancel({ requestId: 'open' })],
    says: [`kept ${ID}`, `broken ${INITIALIZE}`],
  },
  { shows: 'no request', exchanges: [opened({ revision }), call, cancel({ reason: 'x' })], says: [`broken ${ID}`] },
  { shows: 'silence where nothing is cancelled', exchanges: [opened({ revision }), call], says: [] },
]);
