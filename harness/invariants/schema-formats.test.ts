import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { schemaFormats } from './schema-formats.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const answered = (method: string, value: JsonObject): WrittenExchange[] => [
  opened({ revision: '2025-11-25', session: 's' }),
  { session: 's', sent: request(1, method, {}), json: result(1, value) },
];
const image = (data: string, mimeType = 'image/png') =>
  answered('tools/call', { content: [{ type: 'image', data, mimeType }] });
const values = (length: number) =>
  answered('completion/complete', { completion: { values: Array.from({ length }, (_, index) => `${index}`) } });
const template = (uriTemplate: string) =>
  answered('resources/templates/list', { resourceTemplates: [{ uriTemplate }] });
const modified = (lastModified: string) =>
  answered('resources/list', { resources: [{ annotations: { lastModified } }] });
const WARNED = ['broken jsonrpc.schema #2 (warn)'];

describe('what the schema says in words', () => {
  holdsAgainst(schemaFormats, [
    { shows: 'nothing on an image in base64', exchanges: image('aGVsbG8='), says: [] },
    { shows: 'an image as a data URL', exchanges: image('data:image/png;base64,aGVsbG8='), says: WARNED },
    { shows: 'an image of no type', exchanges: image('aGVsbG8=', 'png'), says: WARNED },
    { shows: 'nothing on a hundred values', exchanges: values(100), says: [] },
    { shows: 'more than a hundred values', exchanges: values(101), says: WARNED },
    { shows: 'nothing on dates', exchanges: modified('2025-01-12T15:00:58.123+01:00'), says: [] },
    { shows: 'a date in words', exchanges: modified('yesterday'), says: WARNED },
    { shows: 'nothing on templates', exchanges: template('a://{b}/{+c,d}{?e*}'), says: [] },
    { shows: 'a template with a brace too many', exchanges: template('a://{b'), says: WARNED },
    { shows: 'a template with an empty expression', exchanges: template('a://{}'), says: WARNED },
  ]);
});
