import { describe } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { statelessMessages } from './stateless-messages.ts';
import { failure, notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const revision: Revision = '2026-07-28';

function asked(answers: readonly Json[], method = 'tools/call', more = {}): WrittenExchange {
  const _meta = { 'io.modelcontextprotocol/protocolVersion': revision, ...more };
  return { sent: request(1, method, { _meta }), events: answers.map((data) => ({ data })) };
}

const [QUIET, STREAM, RESULTS, LOG] = [
  'jsonrpc.no-server-requests #1',
  'sse.no-server-requests #1',
  'mrtr.required-pattern #1',
  'log.no-unrequested #1',
];
const well = [QUIET, STREAM, RESULTS, LOG].map((rule) => `kept ${rule}`);
const codes = (broken: string | null = null) =>
  ['retired', 'reserved-only-defined', 'legacy-range-avoid', 'app-range']
    .map((rule) => `jsonrpc.code.${rule} #1`)
    .map((rule) => `${rule === broken ? 'broken' : 'kept'} ${rule}`);
const log = notification('notifications/message', { level: 'info', data: 'x' });

describe('what a server says without a handshake', () => {
  holdsAgainst(statelessMessages, [
    { shows: 'a result', revision, exchanges: [asked([result(1)])], says: well },
    {
      shows: 'a request',
      revision,
      exchanges: [asked([request(7, 'ping'), result(1)])],
      says: [`broken ${QUIET}`, `broken ${STREAM}`, `kept ${RESULTS}`, `kept ${LOG}`],
    },
    {
      shows: 'a question as a request',
      revision,
      exchanges: [asked([request(7, 'elicitation/create', {}), result(1)])],
      says: [`broken ${QUIET}`, `broken ${STREAM}`, `broken ${RESULTS}`, `kept ${LOG}`],
    },
    {
      shows: 'a log message that nobody asked for',
      revision,
      exchanges: [asked([log, result(1)])],
      says: [`kept ${QUIET}`, `kept ${STREAM}`, `kept ${RESULTS}`, `broken ${LOG}`],
    },
    {
      shows: 'a log message that the request asks for',
      revision,
      exchanges: [asked([log, result(1)], 'tools/call', { 'io.modelcontextprotocol/logLevel': 'info' })],
      says: [`kept ${QUIET}`, `kept ${STREAM}`, `kept ${RESULTS}`],
    },
    {
      shows: 'a subscription that is cancelled',
      revision,
      exchanges: [asked([notification('notifications/cancelled', { requestId: 1 })], 'subscriptions/listen')],
      says: [`kept ${QUIET}`, `kept ${STREAM}`, `kept ${RESULTS}`, 'kept cancel.server-only-for-subscriptions #1'],
    },
    {
      shows: 'a call that is cancelled',
      revision,
      exchanges: [asked([notification('notifications/cancelled', { requestId: 1 }), result(1)])],
      says: [
        `kept ${QUIET}`,
        `kept ${STREAM}`,
        `kept ${RESULTS}`,
        'broken cancel.server-only-for-subscriptions #1',
        `kept ${LOG}`,
      ],
    },
    { shows: 'an ordinary error', revision, exchanges: [asked([failure(1, -32602)])], says: [...well, ...codes()] },
    ...[-32002, -32042].map((code) => ({
      shows: `the retired code ${code}`,
      revision,
      exchanges: [asked([failure(1, code)])],
      says: [...well, ...codes('jsonrpc.code.retired #1')],
    })),
    ...[-32023, -32099].map((code) => ({
      shows: `the reserved code ${code}`,
      revision,
      exchanges: [asked([failure(1, code)])],
      says: [...well, ...codes('jsonrpc.code.reserved-only-defined #1')],
    })),
    ...[-32000, -32019].map((code) => ({
      shows: `the old code ${code}`,
      revision,
      exchanges: [asked([failure(1, code)])],
      says: [...well, ...codes('jsonrpc.code.legacy-range-avoid #1')],
    })),
    ...[-32768, -32500, -32100].map((code) => ({
      shows: `the code ${code}, which is JSON-RPC's`,
      revision,
      exchanges: [asked([failure(1, code)])],
      says: [...well, ...codes('jsonrpc.code.app-range #1')],
    })),
    { shows: 'a code of its own', revision, exchanges: [asked([failure(1, 404)])], says: [...well, ...codes()] },
    {
      shows: 'a log message on the stream of a subscription',
      revision,
      exchanges: [asked([log], 'subscriptions/listen')],
      says: [QUIET, STREAM, RESULTS].map((rule) => `kept ${rule}`),
    },
    {
      shows: 'a supported revision that is called unsupported',
      revision,
      exchanges: [asked([failure(1, -32022)])],
      says: [...well, ...codes().slice(0, 2), 'broken jsonrpc.code.defined-meaning #1 (warn)', ...codes().slice(2)],
    },
    { shows: 'silence where there is a handshake', exchanges: [asked([request(7, 'ping')])], says: [] },
  ]);
});
