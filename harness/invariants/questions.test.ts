import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import { questions } from './questions.ts';
import { opened, request } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const open = (declares: JsonObject) => opened({ revision: '2025-11-25', session: 's', declares });
const asked = (method: string, params?: JsonObject): WrittenExchange => ({
  session: 's',
  sent: request(1, 'tools/call'),
  events: [{ data: request('q', method, params) }],
});
const elicited = (params: JsonObject) => [
  open({ elicitation: { form: {}, url: {} } }),
  asked('elicitation/create', params),
];
const sampled = (declares: JsonObject, params: JsonObject) => [open(declares), asked('sampling/createMessage', params)];
const form = { message: 'Who?', requestedSchema: { type: 'object', properties: {} } };
const visit = { mode: 'url', message: 'Go.', url: 'https://a.example/', elicitationId: 'e' };
const says = (...lines: string[]) => lines.map((line) => `${line} #2`);

describe('the questions of a server', () => {
  holdsAgainst(questions, [
    {
      shows: 'a form without a mode',
      exchanges: elicited(form),
      says: says('kept elicit.params', 'kept elicit.form-params', 'kept elicit.mode-omit', 'kept elicit.form.no-urls'),
    },
    {
      shows: 'a form without message and schema',
      exchanges: elicited({ mode: 'form' }),
      says: says('broken elicit.params', 'broken elicit.form-params', 'kept elicit.form.no-urls'),
    },
    {
      shows: 'a form in a mode of its own',
      exchanges: elicited({ ...form, mode: 'paper' }),
      says: says('kept elicit.params', 'broken elicit.form-params', 'kept elicit.form.no-urls'),
    },
    {
      shows: 'a form with a link in a field',
      exchanges: elicited({
        ...form,
        mode: 'form',
        requestedSchema: {
          type: 'object',
          properties: { a: { type: 'string', description: 'See https://a.example/' } },
        },
      }),
      says: says('kept elicit.params', 'kept elicit.form-params', 'broken elicit.form.no-urls'),
    },
    {
      shows: 'a visit',
      exchanges: elicited(visit),
      says: says('kept elicit.params', 'kept elicit.url-params', 'kept elicit.url-valid', 'kept elicit.url.https'),
    },
    {
      shows: 'a visit without an id, by http',
      exchanges: elicited({ mode: 'url', message: 'Go.', url: 'http://a.example/' }),
      says: says('kept elicit.params', 'broken elicit.url-params', 'kept elicit.url-valid', 'broken elicit.url.https'),
    },
    {
      shows: 'a visit to this machine by http',
      exchanges: elicited({ ...visit, url: 'http://127.0.0.1:8080/' }),
      says: says('kept elicit.params', 'kept elicit.url-params', 'kept elicit.url-valid'),
    },
    {
      shows: 'a visit to what is no URL',
      exchanges: elicited({ ...visit, url: 'over there' }),
      says: says('kept elicit.params', 'kept elicit.url-params', 'broken elicit.url-valid'),
    },
    {
      shows: 'a visit to nowhere',
      exchanges: elicited({ ...visit, url: 7 }),
      says: says('kept elicit.params', 'broken elicit.url-params'),
    },
    {
      shows: 'a sample with the context of all servers',
      exchanges: sampled({ sampling: {} }, { includeContext: 'allServers' }),
      says: says('broken sampling.include-context-avoid', 'broken sampling.include-context-only-if-declared'),
    },
    {
      shows: 'the same where the client declared it',
      exchanges: sampled({ sampling: { context: {} } }, { includeContext: 'allServers' }),
      says: says('broken sampling.include-context-avoid', 'kept sampling.include-context-only-if-declared'),
    },
    {
      shows: 'a sample without context',
      exchanges: sampled({ sampling: {} }, { includeContext: 'none' }),
      says: says('kept sampling.include-context-avoid', 'kept sampling.include-context-only-if-declared'),
    },
    { shows: 'silence where context is not spoken of', exchanges: sampled({ sampling: {} }, {}), says: [] },
    {
      shows: 'roots that were declared',
      exchanges: [open({ roots: {} }), asked('roots/list')],
      says: says('kept roots.server.check-capability'),
    },
    {
      shows: 'roots that were not',
      exchanges: [open({}), asked('roots/list')],
      says: says('broken roots.server.check-capability'),
    },
  ]);
});
