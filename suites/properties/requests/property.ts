import { generatedProperty } from '../generated-property.ts';
import { asking, type Kind } from './arbitraries.ts';
import { RULES } from './model.ts';
import { openAsker } from './try-request.ts';

/** The rules that a request of a kind gives an occasion to keep. */
const OCCASIONS: { readonly [kind in Kind]: readonly string[] } = {
  served: ['discover.implemented'],
  respelled: ['http.headers.case-insensitive'],
  'unknown-method': ['http.unknown-method-404'],
  notification: ['http.post.notification-202'],
  'header-missing': ['http.header-mismatch.400-32020'],
  'header-mismatch': ['http.header-mismatch.reject', 'http.header-mismatch.400-32020'],
  'other-version': ['http.protocol-version.mismatch-400'],
  'without-capabilities': ['meta.missing-32602', 'meta.missing-400'],
  broken: ['jsonrpc.follows-2.0'],
  doubtful: [],
};

/**
 * Generated requests of a revision without a handshake, right ones and such as one thing is wrong with (envelope, headers,
 * `_meta`), against a model of the answers that are allowed; after each one the server has to work.
 */
export const requestsProperty = generatedProperty({
  id: 'property.requests',
  title: 'every request that carries its own metadata, right or wrong, gets an answer that is allowed',
  requires: RULES,
  transports: ['streamable-http'],
  revisions: '2026-07-28',
  values: asking,
  open: openAsker,
  noun: 'request',
  value: ({ message, headers, meta }) => ({ message, headers, meta }),
  occasions: ({ kind }) => OCCASIONS[kind],
  blocked: 'server/discover is not answered with a result',
});
