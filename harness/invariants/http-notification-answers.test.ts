import { describe } from 'vitest';
import { httpNotificationAnswers } from './http-notification-answers.ts';
import { failure, notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = notification('notifications/initialized');
const ACCEPTED = 'http.post.notification-202';
const REJECTED = 'http.post.rejected-4xx';

describe('answers to notifications and responses', () => {
  holdsAgainst(httpNotificationAnswers, [
    {
      shows: '202 and no body',
      exchanges: [{ sent }, { sent: result(1) }, { sent: failure(1) }],
      says: [1, 2, 3].map((at) => `kept ${ACCEPTED} #${at}`),
    },
    {
      shows: '200 or 204',
      exchanges: [
        { sent, status: 200 },
        { sent: result(1), status: 204 },
      ],
      says: [`broken ${ACCEPTED} #1`, `broken ${ACCEPTED} #2`],
    },
    {
      shows: '202 with a body',
      exchanges: [{ sent, status: 202, type: 'text/plain', body: 'Accepted' }],
      says: [`broken ${ACCEPTED} #1`],
    },
    {
      shows: '200 with a response: the status is one fault, the response another rule’s',
      exchanges: [{ sent, json: { jsonrpc: '2.0', result: {} } }],
      says: [`broken ${ACCEPTED} #1`],
    },
    {
      shows: '202 with a response to a notification: only that other rule’s',
      exchanges: [{ sent, status: 202, json: result(null) }],
      says: [`kept ${ACCEPTED} #1`],
    },
    {
      shows: '202 with a response to a response',
      exchanges: [{ sent: result(1), status: 202, json: result(1) }],
      says: [`broken ${ACCEPTED} #1`],
    },
    {
      shows: 'a refusal',
      exchanges: [
        { sent, status: 400, json: failure(undefined) },
        { sent, status: 404 },
      ],
      says: [`kept ${REJECTED} #1`, `kept ${REJECTED} #2`],
    },
    {
      shows: 'a refusal that calls itself accepting',
      exchanges: [
        { sent, status: 200, json: failure(null) },
        { sent, status: 202, json: failure(null) },
      ],
      says: [`broken ${REJECTED} #1`, `broken ${REJECTED} #2`],
    },
    {
      shows: 'a batch of notifications',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent, sent] }],
      says: [`kept ${ACCEPTED} #1`],
    },
    {
      shows: 'silence on requests, alone or among notifications',
      revision: '2025-03-26',
      exchanges: [{ sent: request(1, 'ping') }, { sent: [sent, request(1, 'ping')] }],
      says: [],
    },
    { shows: 'silence on a batch where there are none', exchanges: [{ sent: [sent], json: { ok: true } }], says: [] },
    {
      shows: 'silence on responses where clients send none',
      revision: '2026-07-28',
      exchanges: [{ sent: result(1), status: 200 }],
      says: [],
    },
    {
      shows: 'silence on malformed messages',
      exchanges: [{ sent: { jsonrpc: '2.0', method: 5 }, status: 200 }],
      says: [],
    },
    {
      shows: 'silence on an answer that did not come or did not end',
      exchanges: [
        { sent, status: 0, end: 'timeout' },
        { sent, end: 'timeout' },
      ],
      says: [],
    },
  ]);
});
