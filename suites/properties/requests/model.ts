import type { Observation } from '../../../harness/judge/observation.ts';
import { isObject } from '../../../harness/wire/json-rpc.ts';
import type { Json } from '../../../spec/messages.ts';
import type { Departure } from '../departure.ts';
import type { Kind } from './arbitraries.ts';

/** What an answer has to be: the rule that says so, and the status and code of the error where it is one. */
const REFUSALS: {
  readonly [kind in Kind]?: {
    readonly served: string;
    readonly status: readonly [rule: string, status: number];
    readonly code?: readonly [rule: string, codes: readonly number[]];
    readonly why: string;
  };
} = {
  'unknown-method': {
    served: 'http.unknown-method-404',
    status: ['http.unknown-method-404', 404],
    code: ['http.unknown-method-404', [-32601]],
    why: 'a method that does not exist',
  },
  'header-mismatch': {
    served: 'http.header-mismatch.reject',
    status: ['http.header-mismatch.400-32020', 400],
    code: ['http.header-mismatch.400-32020', [-32020]],
    why: 'a header Mcp-Method that contradicts the body',
  },
  'header-missing': {
    served: 'http.header-mismatch.400-32020',
    status: ['http.header-mismatch.400-32020', 400],
    code: ['http.header-mismatch.400-32020', [-32020]],
    why: 'no header Mcp-Method',
  },
  'other-version': {
    served: 'http.protocol-version.mismatch-400',
    status: ['http.protocol-version.mismatch-400', 400],
    // the header's revision may be one that the server does not support
    code: ['http.protocol-version.mismatch-400', [-32020, -32022]],
    why: 'a header that names another revision than _meta',
  },
  'without-capabilities': {
    served: 'meta.missing-32602',
    status: ['meta.missing-400', 400],
    code: ['meta.missing-32602', [-32602]],
    why: 'no capabilities of the client',
  },
};

/** The rules that the model may find broken. */
export const RULES = [
  'jsonrpc.follows-2.0',
  'discover.implemented',
  'http.headers.case-insensitive',
  'http.unknown-method-404',
  'http.post.notification-202',
  'http.header-mismatch.reject',
  'http.header-mismatch.400-32020',
  'http.protocol-version.mismatch-400',
  'meta.missing-32602',
  'meta.missing-400',
] as const;

/** The first way in which the answer to a request of a kind departs from what 2026-07-28 allows; null when it is allowed. */
export function departure(kind: Kind, seen: Observation): Departure | null {
  if (seen.status === undefined) {
    if (seen.ending === 'closed-by-harness') return null;
    return breach('jsonrpc.follows-2.0', `the message was not answered at all (${String(seen.ending)})`);
  }
  const status = Number(seen.status);
  if (status >= 500) {
    const message = `the message was answered with HTTP ${status}, an error of the server's own`;
    return {
      ...breach('jsonrpc.follows-2.0', message),
      ...(kind === 'served' || kind === 'respelled' ? {} : { atMost: 'warn' }),
    };
  }
  const refusal = REFUSALS[kind];
  if (refusal) return refusalDeparture(refusal, status, seen);
  const accepted = status < 300 && seen.error === undefined;
  switch (kind) {
    case 'served':
      return isObject(seen.result) ? null : breach('discover.implemented', 'a valid request was not served');
    case 'respelled':
      return isObject(seen.result)
        ? null
        : breach('http.headers.case-insensitive', 'a header whose name is in other letter case was not known');
    case 'notification':
      return accepted && (status !== 202 || seen.body !== '')
        ? breach('http.post.notification-202', `accepted with HTTP ${status} instead of a bare 202`)
        : null;
    case 'broken':
      return accepted ? breach('jsonrpc.follows-2.0', 'something that is no JSON-RPC message was accepted') : null;
    default:
      return null;
  }
}

function refusalDeparture(
  { served, status: [statusRule, wanted], code, why }: NonNullable<(typeof REFUSALS)[Kind]>,
  status: number,
  seen: Observation,
): Departure | null {
  if (status < 300 && !isObject(seen.error)) return breach(served, `a request with ${why} was served`);
  if (status !== wanted)
    return breach(statusRule, `a request with ${why} was answered with HTTP ${status}, not ${wanted}`);
  const given: Json | undefined = isObject(seen.error) ? seen.error.code : undefined;
  // a code that is no integer breaks a rule of its own
  const readable = given === undefined || Number.isInteger(given);
  if (!code || !readable || code[1].some((one) => one === given)) return null;
  return breach(
    code[0],
    `a request with ${why} was answered with the error code ${String(given)}, not ${code[1].join(' or ')}`,
  );
}

function breach(requirement: (typeof RULES)[number] | string, message: string): Departure {
  return { requirement, message };
}
