import { expect, it } from 'vitest';
import { request, result, viewOf, type WrittenExchange } from '../../invariants/testing/trace-builder.ts';
import { observeRequest } from './observe-request.ts';

function seen(written: WrittenExchange) {
  const [exchange] = viewOf('2025-11-25', [written]).exchanges;
  return exchange ? observeRequest(exchange) : {};
}

it('shows the parts of a message', () => {
  const message = request(7, 'tools/list', { cursor: 'ü' });
  expect(seen({ sent: message, session: 's', status: 404 })).toMatchObject({
    httpMethod: 'POST',
    mediaType: 'application/json',
    session: 's',
    version: '2025-11-25',
    status: 404,
    body: JSON.stringify(message),
    json: message,
    message,
    messages: [message],
    id: 7,
    params: { cursor: 'ü' },
  });
  expect(seen({ sent: result('a', { b: 1 }) })).toMatchObject({ id: 'a', result: { b: 1 } });
});

it('leaves out what was not there', () => {
  const bare = seen({ method: 'GET', headers: { 'MCP-Protocol-Version': null, 'Content-Type': null }, status: 0 });
  for (const part of ['session', 'version', 'lastEventId', 'mediaType', 'json', 'message', 'id', 'status']) {
    expect(bare).not.toHaveProperty(part);
  }
  expect(seen({ text: '{' })).not.toHaveProperty('json');
  expect(seen({ sent: [result(1)] })).not.toHaveProperty('message');
});

it('joins several headers of one name', () => {
  expect(seen({ method: 'GET', headers: { accept: 'a', Accept: 'b', 'Last-Event-ID': '9' } })).toMatchObject({
    headers: { accept: 'b, a' },
    lastEventId: '9',
  });
});
