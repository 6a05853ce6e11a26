import { expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { viewOf } from '../invariants/testing/trace-builder.ts';
import { exchangesOf } from '../trace/exchange.ts';
import { learnedFrom } from './learned.ts';

const answered = (response: { result: Json } | { error: Json }, notifications: readonly Json[] = []) => {
  const events = [...notifications, { jsonrpc: '2.0', id: 1, ...response }].map((data) => ({ data }));
  const sent = { jsonrpc: '2.0', id: 1, method: 'tools/call' };
  const [exchange] = exchangesOf(viewOf('2026-07-28', [{ sent, events }]).trace);
  if (!exchange) throw new Error('no exchange');
  return { name: 'it', arguments: { a: 1 }, token: 't', exchange };
};
const progress = (progressToken: string): Json => ({
  jsonrpc: '2.0',
  method: 'notifications/progress',
  params: { progressToken, progress: 1 },
});
const asks = (method: string, params: Json = {}) => ({ result: { inputRequests: { x: { method, params } } } });

it.each([
  ['progress', answered({ result: {} }, [progress('t')]), { progress: 1 }],
  ['progress of another call', answered({ result: {} }, [progress('u')]), { progress: 0 }],
  ['a log message', answered({ result: {} }, [{ jsonrpc: '2.0', method: 'notifications/message' }]), { logs: 1 }],
  ['a form', answered(asks('elicitation/create')), { asked: ['elicitation/create'] }],
  ['an address', answered(asks('elicitation/create', { mode: 'url' })), { asked: ['elicitation/create by url'] }],
  ['a question to the model', answered(asks('sampling/createMessage')), { asked: ['sampling/createMessage'] }],
  ['images', answered({ result: { content: [{ type: 'image' }, { type: 'image' }] } }), { content: ['image'] }],
  ['a failure', answered({ result: { isError: true } }), { answer: 'failure' }],
  ['an error', answered({ error: { code: -32_603, message: '' } }), { answer: 'error', code: -32_603 }],
  ['nothing', answered({ result: {} }), { answer: 'result', progress: 0, logs: 0, asked: [], content: [] }],
])('a call that shows %s', (_, call, shown) => {
  expect(learnedFrom(call)).toMatchObject({ name: 'it', arguments: { a: 1 }, ...shown });
});

it('keeps the answers with which a call worked', () => {
  const answers = { x: { action: 'accept' } };
  expect(learnedFrom({ ...answered({ result: {} }), answers })).toMatchObject({ answers });
});
