import { expect, it } from 'vitest';
import { readEndpoint } from './sse-endpoint.ts';

const STREAM = 'http://127.0.0.1:8000/api/sse';

it.each([
  ['/messages?sessionId=1', 'http://127.0.0.1:8000/messages?sessionId=1'],
  ['messages', 'http://127.0.0.1:8000/api/messages'],
  ['?sessionId=1', 'http://127.0.0.1:8000/api/sse?sessionId=1'],
  ['http://127.0.0.1:8000/m#part', 'http://127.0.0.1:8000/m'],
  ['http://user:secret@127.0.0.1:8000/m', 'http://127.0.0.1:8000/m'],
])('resolves %j', (data, url) => {
  expect(readEndpoint(data, STREAM)).toEqual({ kind: 'usable', url });
});

it.each([
  ['http://127.0.0.1:9000/m', 'http://127.0.0.1:9000'],
  ['https://127.0.0.1:8000/m', 'https://127.0.0.1:8000'],
  ['//example.invalid/m', 'http://example.invalid'],
  ['http://127.0.0.1:8000@example.invalid/m', 'http://example.invalid'],
])('sends nothing elsewhere: %j', (data, origin) => {
  expect(readEndpoint(data, STREAM)).toEqual({ kind: 'foreign', origin });
});

it.each(['', '  ', 'http://', 'javascript:alert(1)', 'file:///etc/passwd'])('takes no %j', (data) => {
  expect(readEndpoint(data, STREAM)).toEqual({ kind: 'unusable', said: data });
});
