import { describe } from 'vitest';
import { holdsAgainst } from '../../invariants/testing/table.ts';
import { confirmed, failure, notification, opened, request, result } from '../../invariants/testing/trace-builder.ts';
import { confirmsOpening, openingParams, opensFirst, waitsForOpening } from './opening.ts';

const revision = '2025-11-25';
const ping = { sent: request(1, 'ping'), json: result(1) };
const list = { sent: request(2, 'tools/list'), json: result(2, { tools: [] }) };

describe('what comes first', () => {
  const RULE = 'lifecycle.init.first';
  holdsAgainst(opensFirst, [
    { shows: 'initialize', exchanges: [opened({ revision }), list], says: [`kept ${RULE} #1`] },
    { shows: 'a ping before it', exchanges: [ping, opened({ revision })], says: [`kept ${RULE} #2`] },
    {
      shows: 'a GET before it',
      exchanges: [{ method: 'GET', status: 405 }, opened({ revision })],
      says: [`kept ${RULE} #2`],
    },
    { shows: 'another request', exchanges: [list, opened({ revision })], says: [`broken ${RULE} #1`] },
    { shows: 'a notification', exchanges: [confirmed(), opened({ revision })], says: [`broken ${RULE} #1`] },
    {
      shows: 'a client of both eras that asks first in the newer way',
      exchanges: [
        {
          sent: request(1, 'server/discover', { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }),
          status: 400,
        },
        opened({ revision }),
      ],
      says: [`kept ${RULE} #2`],
    },
  ]);
});

describe('what initialize says', () => {
  const RULE = 'lifecycle.init.client-request #1';
  const params = { protocolVersion: revision, capabilities: {}, clientInfo: { name: 'a', version: '1' } };
  const saying = (changes: object) => [{ sent: request(1, 'initialize', { ...params, ...changes }), json: result(1) }];
  holdsAgainst(openingParams, [
    { shows: 'all that it must', exchanges: saying({}), says: [`kept ${RULE}`] },
    { shows: 'a version that is no string', exchanges: saying({ protocolVersion: 1 }), says: [`broken ${RULE}`] },
    { shows: 'capabilities in an array', exchanges: saying({ capabilities: [] }), says: [`broken ${RULE}`] },
    { shows: 'a client without version', exchanges: saying({ clientInfo: { name: 'a' } }), says: [`broken ${RULE}`] },
    { shows: 'a client without name', exchanges: saying({ clientInfo: { version: '1' } }), says: [`broken ${RULE}`] },
    { shows: 'a text for a client', exchanges: saying({ clientInfo: 'a' }), says: [`broken ${RULE}`] },
    { shows: 'no params', exchanges: [{ sent: request(1, 'initialize'), json: result(1) }], says: [`broken ${RULE}`] },
  ]);
});

describe('readiness', () => {
  const RULE = 'lifecycle.init.initialized-notification';
  holdsAgainst(confirmsOpening, [
    { shows: 'said', exchanges: [opened({ revision }), confirmed(), list], says: [`kept ${RULE} #2`] },
    { shows: 'said late', exchanges: [opened({ revision }), list, confirmed()], says: [`kept ${RULE} #3`] },
    { shows: 'never said', exchanges: [opened({ revision }), list], says: [`broken ${RULE} #2`] },
    {
      shows: 'said in the first session, not in the second',
      exchanges: [opened({ revision }), confirmed(), opened({ revision }), list],
      says: [`kept ${RULE} #2`, `broken ${RULE} #4`],
    },
    { shows: 'silence where the session is not used', exchanges: [opened({ revision }), ping], says: [] },
    {
      shows: 'silence where there is none',
      exchanges: [{ ...opened({ revision }), json: failure('open') }, list],
      says: [],
    },
  ]);
});

describe('patience', () => {
  const RULE = 'lifecycle.init.client-no-early-requests';
  const early = { ...list, at: 5 };
  holdsAgainst(waitsForOpening, [
    { shows: 'waiting', exchanges: [opened({ revision }), list], says: [`kept ${RULE} #1`] },
    { shows: 'a ping meanwhile', exchanges: [opened({ revision }), { ...ping, at: 5 }], says: [`kept ${RULE} #1`] },
    {
      shows: 'a notification meanwhile',
      exchanges: [opened({ revision }), { sent: notification('x'), at: 5 }],
      says: [`kept ${RULE} #1`],
    },
    { shows: 'a request meanwhile', exchanges: [opened({ revision }), early], says: [`broken ${RULE} #2`] },
    {
      shows: 'silence where initialize has no result',
      exchanges: [{ ...opened({ revision }), json: failure('open') }, early],
      says: [],
    },
  ]);
});
