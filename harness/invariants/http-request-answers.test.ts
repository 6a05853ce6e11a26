import { describe } from 'vitest';
import { httpRequestAnswers } from './http-request-answers.ts';
import { notification, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';

const sent = request(1, 'ping');
const json = result(1);
const kept = (at = 1) => `kept http.post.response-content-type #${at}`;
const broken = (at = 1) => `broken http.post.response-content-type #${at}`;
const stream = { sent, type: 'text/event-stream' };

describe('answers to requests', () => {
  holdsAgainst(httpRequestAnswers, [
    { shows: 'one JSON object', exchanges: [{ sent, json, type: 'Application/JSON; charset=utf-8' }], says: [kept()] },
    {
      shows: 'an event stream',
      exchanges: [{ sent, events: [{ data: json }], end: 'closed-by-harness' }],
      says: [kept()],
    },
    { shows: 'an event stream to its end', exchanges: [{ sent, events: [{ data: json }] }], says: [kept()] },
    {
      shows: 'a stream with a field that nobody knows',
      exchanges: [{ ...stream, body: 'hint: 1\ndata: {}\n\n' }],
      says: [kept()],
    },
    {
      shows: 'a stream that ends in a comment',
      exchanges: [{ ...stream, body: 'data: {}\n\n: bye\n' }],
      says: [kept()],
    },
    {
      shows: 'nothing against a batch in which one request is malformed',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent, { ...request(2, 'ping'), params: [] }], status: 202 }],
      says: [],
    },
    {
      shows: 'another type, or none',
      exchanges: [
        { sent, json, type: 'text/plain' },
        { sent, json, type: null },
      ],
      says: [broken(), broken(2)],
    },
    { shows: '202 and nothing', exchanges: [{ sent }], says: [broken()] },
    {
      shows: 'an empty body, text that is not JSON, and a bare value',
      exchanges: ['', 'OK', '"OK"'].map((body) => ({ sent, type: 'application/json', body })),
      says: [broken(), broken(2), broken(3)],
    },
    {
      shows: 'an array for a single request',
      revision: '2025-03-26',
      exchanges: [{ sent, json: [json] }],
      says: [broken()],
    },
    {
      shows: 'an array for a batch',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent], json: [json] }],
      says: [kept()],
    },
    {
      shows: 'an empty array for a batch',
      revision: '2025-03-26',
      exchanges: [{ sent: [sent], json: [] }],
      says: [broken()],
    },
    {
      shows: 'JSON under the type of a stream',
      exchanges: [{ ...stream, body: JSON.stringify(json) }],
      says: [broken()],
    },
    {
      shows: 'a stream whose last event no blank line ends',
      exchanges: [{ ...stream, body: `data: ${JSON.stringify(json)}\n` }],
      says: [broken()],
    },
    { shows: 'a stream of comments', exchanges: [{ ...stream, body: ': hello\n\n' }], says: [kept()] },
    { shows: 'silence on a stream that was cut', exchanges: [{ ...stream, body: 'data: {', end: 'broken' }], says: [] },
    { shows: 'silence on a refusal', exchanges: [{ sent, status: 500, type: 'text/html', body: '<p>' }], says: [] },
    { shows: 'silence on notifications', exchanges: [{ sent: notification('notifications/x') }], says: [] },
    { shows: 'silence on a notification with an id', exchanges: [{ sent: request(1, 'notifications/x') }], says: [] },
    { shows: 'silence on malformed requests', exchanges: [{ sent: request(null, 'ping') }, { text: '{' }], says: [] },
    { shows: 'silence on a batch where there are none', exchanges: [{ sent: [sent] }], says: [] },
    {
      shows: 'silence on a request whose session the client ended meanwhile',
      exchanges: [
        { session: 's', sent, endsAfter: 500 },
        { session: 's', method: 'DELETE', at: 100 },
      ],
      says: [],
    },
    {
      shows: 'a request before which the client ended the session',
      exchanges: [
        { session: 's', method: 'DELETE' },
        { session: 's', sent },
      ],
      says: [broken(2)],
    },
    {
      shows: 'silence on a request that was cancelled',
      exchanges: [
        { sent, at: 0 },
        { sent: notification('notifications/cancelled', { requestId: 1 }), at: 5 },
      ],
      says: [],
    },
    {
      shows: 'nothing against bytes that are no UTF-8: that is another rule’s',
      exchanges: [{ sent, type: 'application/json', body: Buffer.from('{"a":"\xe4"}', 'latin1') }],
      says: [kept()],
    },
  ]);
});
