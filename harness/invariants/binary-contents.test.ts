import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { binaryContents } from './binary-contents.ts';
import { request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const asked = (method: string, value: JsonObject): WrittenExchange => ({
  sent: request(1, method),
  json: result(1, value),
});
const read = (...blobs: (string | number)[]) =>
  asked('resources/read', {
    contents: [{ uri: 'a:b', text: 'not base64!' }, ...blobs.map((blob) => ({ uri: 'a:b', blob }))],
  });
const prompt = (content: JsonObject) => asked('prompts/get', { messages: [{ role: 'user', content }] });
const BLOB = 'resources.binary-encoded #1';

describe('binary contents', () => {
  holdsAgainst(binaryContents, [
    { shows: 'base64', exchanges: [read('', 'YQ==', 'YWI=', 'YWJj')], says: [`kept ${BLOB}`] },
    { shows: 'text, and a number', exchanges: [read('hello, world', 7)], says: [`broken ${BLOB}`, `broken ${BLOB}`] },
    {
      shows: 'an image as text: a warning; silence on one that is text',
      exchanges: [
        asked('resources/read', {
          contents: ['image/png', 'image/svg+xml', 'application/json'].map((mimeType) => ({
            uri: 'a:b',
            mimeType,
            text: 'x',
          })),
        }),
      ],
      says: [`broken ${BLOB} (warn)`],
    },
    { shows: 'padding in the middle', exchanges: [read('YQ==YQ==')], says: [`broken ${BLOB}`] },
    {
      shows: 'no padding, line breaks, the URL-safe alphabet: a warning',
      exchanges: [read('YQ', 'YWJj\nYWJj', '-_-_')],
      says: [1, 2, 3].map(() => `broken ${BLOB} (warn)`),
    },
    {
      shows: 'a blob in the result of a tool',
      exchanges: [asked('tools/call', { content: [{ type: 'resource', resource: { uri: 'a:b', blob: '%' } }] })],
      says: [`broken ${BLOB}`],
    },
    {
      shows: 'an image in a prompt',
      exchanges: [prompt({ type: 'image', data: 'YQ==', mimeType: 'image/svg+xml' })],
      says: ['kept prompts.image-encoding #1'],
    },
    {
      shows: 'an image in a prompt without a type',
      exchanges: [prompt({ type: 'image', data: 'YQ==', mimeType: 'png' })],
      says: ['broken prompts.image-encoding #1'],
    },
    {
      shows: 'audio in a prompt that is no base64',
      exchanges: [prompt({ type: 'audio', data: '!', mimeType: 'audio/wav' })],
      says: ['broken prompts.audio-encoding #1'],
    },
    { shows: 'silence on text', exchanges: [read(), prompt({ type: 'text', text: '!' })], says: [] },
    { shows: 'silence on other results', exchanges: [asked('tools/list', { contents: [{ blob: '!' }] })], says: [] },
  ]);
});
