import { expect, it } from 'vitest';
import type { Json } from '../../spec/messages.ts';
import { exchangesOf } from '../exchange.ts';
import { viewOf } from '../invariants/testing/trace-builder.ts';
import { learnedFrom } from './learned.ts';

const answered = (result: Json, notifications: readonly Json[] = []) => {
  const events = [...notifications, { jsonrpc: '2.0', id: 1, result }].map((data) => ({ data }));
  const sent = { jsonrpc: '2.0', id: 1, method: 'tools/call' };
  const [exchange] = exchangesOf(viewOf('2026-07-28', [{ sent, events }]).trace);
  if (!exchange) throw new Error('no exchange');
  return [{ name: 'it', arguments: { a: 1 }, token: 't', exchange }];
};
const progress = (progressToken: string): Json => ({
  jsonrpc: '2.0',
  method: 'notifications/progress',
  params: { progressToken, progress: 1 },
});
const asks = (method: string, params: Json = {}): Json => ({ inputRequests: { x: { method, params } } });

it.each([
  ['progress', answered({}, [progress('t')]), ['progressing-tool']],
  ['progress of another call', answered({}, [progress('u')]), []],
  ['a log message', answered({}, [{ jsonrpc: '2.0', method: 'notifications/message' }]), ['logging-tool']],
  ['a form', answered(asks('elicitation/create')), ['eliciting-tool']],
  ['an address', answered(asks('elicitation/create', { mode: 'url' })), ['url-eliciting-tool']],
  ['a question to the model', answered(asks('sampling/createMessage')), ['sampling-tool']],
  ['a question for roots', answered(asks('roots/list')), ['roots-tool']],
  ['images', answered({ content: [{ type: 'image' }, { type: 'text' }] }), ['image-tool']],
  ['nothing', answered({ content: [] }), []],
])('a call that shows %s', (_, calls, names) => {
  expect(learnedFrom(calls)).toEqual(
    Object.fromEntries(names.map((name) => [name, { name: 'it', arguments: { a: 1 } }])),
  );
});
