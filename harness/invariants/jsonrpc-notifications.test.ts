import { describe } from 'vitest';
import { jsonRpcNotificationNoId, jsonRpcNotificationNoResponse } from './jsonrpc-notifications.ts';
import { failure, notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = notification('notifications/initialized');
const NO_RESPONSE = 'jsonrpc.notification.no-response';
const NO_ID = 'jsonrpc.notification.no-id';

describe('answers to notifications', () => {
  holdsAgainst(jsonRpcNotificationNoResponse, [
    { shows: 'an empty answer', exchanges: [{ sent }], says: [`kept ${NO_RESPONSE} #1`] },
    {
      shows: 'a response without an id',
      exchanges: [{ sent, json: { jsonrpc: '2.0', result: {} } }],
      says: [`broken ${NO_RESPONSE} #1`],
    },
    {
      shows: 'a response in a stream',
      exchanges: [{ sent, events: [{ data: result(null) }] }],
      says: [`broken ${NO_RESPONSE} #1`],
    },
    {
      shows: 'a response to a batch of notifications',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent, sent], json: [result(null)] }],
      says: [`broken ${NO_RESPONSE} #1`],
    },
    { shows: 'no line', transport: 'stdio', exchanges: [{ sent, lines: [] }], says: [`kept ${NO_RESPONSE} #1`] },
    {
      shows: 'a line with a response',
      transport: 'stdio',
      exchanges: [{ sent, lines: [failure(undefined)] }],
      says: [`broken ${NO_RESPONSE} #1`],
    },
    {
      shows: 'silence on a line with a response to something else',
      transport: 'stdio',
      exchanges: [{ sent, lines: [failure(7)] }],
      says: [],
    },
    {
      shows: 'silence on a line that may answer something malformed',
      transport: 'stdio',
      exchanges: [
        { text: '{', lines: [] },
        { sent, lines: [failure(null)] },
      ],
      says: [],
    },
    { shows: 'silence on an error: the refusal is the fault', exchanges: [{ sent, json: failure(null) }], says: [] },
    {
      shows: 'silence on a refusal with an error status',
      exchanges: [{ sent, status: 400, json: failure(undefined) }],
      says: [],
    },
    {
      shows: 'silence where a request was sent too',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent, request(1, 'ping')], json: [result(1)] }],
      says: [],
    },
    {
      shows: 'silence on a malformed notification',
      exchanges: [{ sent: { ...sent, params: null }, json: result(null) }],
      says: [],
    },
  ]);
});

describe('notifications of the server', () => {
  const stream = (message: { [member: string]: string | null }) => [
    { method: 'GET', events: [{ data: { jsonrpc: '2.0', ...message } }] },
  ];
  holdsAgainst(jsonRpcNotificationNoId, [
    { shows: 'no id', exchanges: stream({ method: 'notifications/message' }), says: [`kept ${NO_ID} #1`] },
    { shows: 'an id', exchanges: stream({ method: 'notifications/message', id: 'x' }), says: [`broken ${NO_ID} #1`] },
    {
      shows: 'an id that is null',
      exchanges: stream({ method: 'notifications/message', id: null }),
      says: [`broken ${NO_ID} #1`],
    },
    { shows: 'silence on requests', exchanges: stream({ method: 'ping', id: 'x' }), says: [] },
  ]);
});
