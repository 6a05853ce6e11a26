import { expect, it } from 'vitest';
import { eventText } from './event-text.ts';
import type { EventScript } from './server-script.ts';

const message = { a: 'ü', b: [1] };

it.each<[string, EventScript, string, string]>([
  ['a message', { response: true }, '\n', 'event: message\ndata: {"a":"ü","b":[1]}\n\n'],
  ['another line end', { response: true }, '\r\n', 'event: message\r\ndata: {"a":"ü","b":[1]}\r\n\r\n'],
  ['no name', { response: true, event: null }, '\r', 'data: {"a":"ü","b":[1]}\r\r'],
  ['another name', { response: true, event: 'x' }, '\n', 'event: x\ndata: {"a":"ü","b":[1]}\n\n'],
  ['no space', { response: true, space: false, id: '1' }, '\n', 'event:message\nid:1\ndata:{"a":"ü","b":[1]}\n\n'],
  [
    'data over several lines',
    { response: true, event: null, spread: true },
    '\n',
    'data: {\ndata:  "a": "ü",\ndata:  "b": [\ndata:   1\ndata:  ]\ndata: }\n\n',
  ],
  [
    'further fields',
    { response: true, lines: [': c', 'x: y'], id: '7', retry: 9 },
    '\n',
    ': c\nx: y\nevent: message\nid: 7\nretry: 9\ndata: {"a":"ü","b":[1]}\n\n',
  ],
  ['verbatim text', { raw: 'data: 1\r\r', id: '7' }, '\n', 'data: 1\r\r'],
])('writes %s', (_, event, newline, text) => {
  expect(eventText(event, message, newline)).toBe(text);
});

it('writes data that is no message, empty data and none', () => {
  expect(eventText({ event: null, data: 'a\nb' }, undefined, '\n')).toBe('data: a\ndata: b\n\n');
  expect(eventText({ event: null, id: '1', data: '' }, undefined, '\n')).toBe('id: 1\ndata: \n\n');
  expect(eventText({ event: null, id: '1' }, undefined, '\n')).toBe('id: 1\n\n');
});
