import { describe } from 'vitest';
import type { JsonObject } from '../../spec/messages.ts';
import type { Revision } from '../../spec/revisions.ts';
import { elicitedModes } from './elicited-modes.ts';
import { opened, request, result } from './testing/messages.ts';
import { holdsAgainst } from './testing/table.ts';
import type { WrittenExchange } from './testing/trace-builder.ts';

const elicits = (declares: JsonObject, params: JsonObject, revision: Revision = '2025-11-25'): WrittenExchange[] => [
  opened({ revision, session: 's', declares }),
  { session: 's', sent: request(1, 'tools/call'), events: [{ data: request('q', 'elicitation/create', params) }] },
];
const form = (properties: JsonObject) => ({ message: 'Who?', requestedSchema: { type: 'object', properties } });
const FORMS = { elicitation: {} };
const text = { type: 'string' };
const MODE = 'elicit.server-respects-modes #2';
const SECRET = 'elicit.form-no-sensitive #2';
const clean = (...names: string[]) =>
  names.map((name) => ({
    shows: `no secret in ${name}`,
    exchanges: elicits(FORMS, form({ [name]: text })),
    says: [`kept ${MODE}`, `kept ${SECRET}`],
  }));
const secret = (...names: string[]) =>
  names.map((name) => ({
    shows: `a secret in ${name}`,
    exchanges: elicits(FORMS, form({ [name]: text })),
    says: [`kept ${MODE}`, `broken ${SECRET}`],
  }));

describe('how a server elicits', () => {
  holdsAgainst(elicitedModes, [
    { shows: 'a form without fields', exchanges: elicits(FORMS, form({})), says: [`kept ${MODE}`] },
    {
      shows: 'a visit from a client that has forms',
      exchanges: elicits(FORMS, { mode: 'url', url: 'https://a.example/' }),
      says: [`broken ${MODE}`],
    },
    {
      shows: 'a form from a client that has visits alone',
      exchanges: elicits({ elicitation: { url: {} } }, form({})),
      says: [`broken ${MODE}`],
    },
    {
      shows: 'silence on a client that declared nothing',
      exchanges: elicits({}, form({})),
      says: [],
    },
    ...clean('name', 'passport_number', 'token', 'key', 'passwordHint', 'api_key_name', 'monkey', 'card_number'),
    ...secret('password', 'newPassword', 'API-Key', 'apikey', 'github_access_token', 'creditCardNumber', 'cvv'),
    {
      shows: 'what has the name of a secret and is a choice, a number, a date or yes or no',
      exchanges: elicits(
        FORMS,
        form({
          password: { type: 'string', enum: ['keep', 'change'] },
          old_password: { type: 'boolean' },
          new_password: { type: 'string', format: 'date' },
          api_key: { type: 'integer' },
        }),
      ),
      says: [`kept ${MODE}`, `kept ${SECRET}`],
    },
    {
      shows: 'a secret at the revision that has no modes',
      revision: '2025-06-18',
      exchanges: elicits(FORMS, form({ password: text }), '2025-06-18'),
      says: ['broken elicit.no-sensitive #2'],
    },
    {
      shows: 'a secret in a result that asks',
      revision: '2026-07-28',
      exchanges: [
        {
          sent: request(1, 'tools/call', {
            _meta: {
              'io.modelcontextprotocol/protocolVersion': '2026-07-28',
              'io.modelcontextprotocol/clientCapabilities': FORMS,
            },
          }),
          json: result(1, {
            resultType: 'input_required',
            inputRequests: { a: { method: 'elicitation/create', params: form({ password: text }) } },
          }),
        },
      ],
      says: ['kept elicit.server-respects-modes #1', 'broken elicit.form-no-sensitive #1'],
    },
  ]);
});
