import { expect, it } from 'vitest';
import { confirmed, notification, opened, request, result, viewOf } from '../../invariants/testing/trace-builder.ts';
import type { Selection } from '../case/client-case.ts';
import { select } from './select.ts';

const { exchanges } = viewOf('2025-03-26', [
  opened({ revision: '2025-03-26' }), // 1
  confirmed(), // 2
  { sent: request(1, 'tools/list'), json: result(1) }, // 3
  { method: 'GET', status: 405 }, // 4
  { sent: result('p') }, // 5
  { sent: request(2, 'tools/list'), json: result(2) }, // 6
  { method: 'GET', headers: { 'last-event-id': '' }, status: 200, end: null }, // 7
  { sent: [request(3, 'ping'), notification('x')], json: [result(3)] }, // 8
  { method: 'DELETE', status: 200 }, // 9
]);

it.each<[string, Selection, number[]]>([
  ['a JSON-RPC method', 'tools/list', [3, 6]],
  ['an HTTP method', 'GET', [4, 7]],
  ['several methods', { method: ['initialize', 'ping'] }, [1, 8]],
  ['several HTTP methods', { http: ['GET', 'DELETE'] }, [4, 7, 9]],
  ['requests', { kind: 'request' }, [1, 3, 6, 8]],
  ['notifications or responses', { kind: ['notification', 'response'] }, [2, 5, 8]],
  ['all but some', { kind: 'request', except: ['initialize', 'tools/list'] }, [8]],
  ['the n-th', { method: 'tools/list', nth: 2 }, [6]],
  ['an n-th that there is not', { method: 'tools/list', nth: 3 }, []],
  ['resumption', { http: 'GET', resuming: true }, [7]],
  ['other GETs', { http: 'GET', resuming: false }, [4]],
  ['what comes after', { http: 'POST', after: 'GET' }, [5, 6, 8]],
  ['what comes after the second', { http: 'POST', after: { method: 'tools/list', nth: 2 } }, [8]],
  ['what comes before', { before: 'tools/list' }, [1, 2, 3]],
  ['nothing after what did not end', { after: { http: 'GET', resuming: true } }, []],
  ['nothing after what did not happen', { after: 'prompts/list' }, []],
  ['everything before what did not happen', { http: 'GET', before: 'prompts/list' }, [4, 7]],
])('picks %s', (_, selection, ids) => {
  expect(select(selection, exchanges).map(({ id }) => id)).toEqual(ids);
});
