import { holdsAgainst } from '../../invariants/testing/table.ts';
import { failure, notification, request, result } from '../../invariants/testing/trace-builder.ts';
import { responses } from './responses.ts';

const asking = (...messages: ReturnType<typeof request>[]) => ({
  sent: request('mine', 'tools/list'),
  events: messages.map((data) => ({ data })),
});
const RESULT = 'jsonrpc.result.same-id #2';
const ERROR = 'jsonrpc.error.same-id #2';
const NONE = 'jsonrpc.notification.no-response';

holdsAgainst(responses, [
  {
    shows: 'a result under the id',
    exchanges: [asking(request(7, 'ping')), { sent: result(7) }],
    says: [`kept ${RESULT}`],
  },
  {
    shows: 'an error under the id',
    exchanges: [asking(request(7, 'x')), { sent: failure(7) }],
    says: [`kept ${ERROR}`],
  },
  {
    shows: 'an id of another type',
    exchanges: [asking(request(7, 'ping')), { sent: result('7') }],
    says: [`broken ${RESULT}`],
  },
  { shows: 'no id', exchanges: [asking(request(7, 'x')), { sent: failure(undefined) }], says: [`broken ${ERROR}`] },
  { shows: 'null as the id', exchanges: [asking(request(7, 'x')), { sent: failure(null) }], says: [`broken ${ERROR}`] },
  {
    shows: 'a response to what is asked later',
    exchanges: [{ sent: result(7) }, asking(request(7, 'ping'))],
    says: ['broken jsonrpc.result.same-id #1'],
  },
  {
    shows: 'a response to a notification',
    exchanges: [asking(notification('x')), { sent: failure(null) }],
    says: [`broken ${NONE} #2`],
  },
  { shows: 'silence on a notification', exchanges: [asking(notification('x'))], says: [`kept ${NONE} #1`] },
  {
    shows: 'a response although nothing was said',
    exchanges: [asking(), { sent: result(7) }],
    says: [`broken ${RESULT}`],
  },
  {
    shows: 'nothing on ids beyond ASCII, which cases judge',
    exchanges: [asking(request('ü', 'ping')), { sent: result('u') }],
    says: [],
  },
  { shows: 'nothing where nothing was asked or answered', exchanges: [asking()], says: [] },
]);
