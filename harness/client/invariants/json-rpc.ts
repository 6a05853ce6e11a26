import { messageDefinitions } from '../../../spec/schema/index.ts';
import type { Invariant, TraceView } from '../../invariants/invariant.ts';
import { type Breach, judged, ruleAt, show } from '../../invariants/outcomes.ts';
import type { Outcome } from '../../judge/outcome.ts';
import { readJson } from '../../trace/exchange.ts';
import { strictUtf8 } from '../../wire/bytes.ts';
import { type EnvelopeFault, isObject } from '../../wire/json-rpc.ts';
import { type ClientMessage, clientTraffic } from './client-traffic.ts';

const REQUIRES = [
  'jsonrpc.follows-2.0',
  'jsonrpc.request.id-not-null',
  'jsonrpc.request.id-type',
  'jsonrpc.notification.no-id',
  'jsonrpc.response.not-both',
  'jsonrpc.response.one-of',
  'jsonrpc.result.has-result',
  'jsonrpc.error.code-message',
  'jsonrpc.error.integer-code',
] as const;

type Rule = (typeof REQUIRES)[number];

/** The envelope of each message (basic, messages). Whether the id of a response is the right one is judged elsewhere. */
export const jsonRpc: Invariant = {
  id: 'invariant.client.json-rpc',
  title: 'every message is a well-formed JSON-RPC 2.0 message',
  occasion: 'messages of the client',
  requires: REQUIRES,
  judge: (view) => {
    const { exchanges, messages } = clientTraffic(view);
    const unreadable = exchanges.flatMap((exchange) => {
      const read = exchange.requestBody.length ? readJson(exchange.requestBody) : null;
      if (exchange.method !== 'POST' || !read || read.ok || strictUtf8(exchange.requestBody) === null) return [];
      return judged(
        'jsonrpc.follows-2.0',
        exchange,
        [{ message: `the body is not JSON (${read.why})`, path: 'body' }],
        true,
      );
    });
    return [...unreadable, ...messages.flatMap((message) => judgeMessage(message, view))];
  },
};

function judgeMessage(said: ClientMessage, view: TraceView): Outcome[] {
  const faults = faultsOf(said, view);
  if (faults.length) return faults.flatMap((fault) => judged(fault.rule, said.exchange, [fault], true));
  return [...new Set(occasionsIn(said, view))].flatMap((rule) => judged(rule, said.exchange, [], true));
}

interface Fault extends Breach {
  readonly rule: Rule;
}

function faultsOf(said: ClientMessage, view: TraceView): Fault[] {
  const { message, path } = said;
  const { value, envelope } = message;
  if (!isObject(value)) {
    return [
      { rule: 'jsonrpc.follows-2.0', message: `a message must be an object, was ${show(value)}`, path, actual: value },
    ];
  }
  const notified = typeof value.method === 'string' && value.method.startsWith('notifications/');
  if (notified && 'id' in value) {
    const problem = `the notification ${value.method} has the id ${show(value.id)}`;
    return [{ rule: 'jsonrpc.notification.no-id', message: problem, path: `${path}.id`, actual: value.id }];
  }
  if (!('id' in value) && isRequestMethod(value.method, view)) {
    const problem = `the request ${String(value.method)} has no id`;
    return [{ rule: 'jsonrpc.request.id-type', message: problem, path }];
  }
  if (envelope.kind !== 'broken') return [];
  return envelope.faults.flatMap((fault) => {
    const known = FAULTS[fault];
    if (!known || (fault === 'id-of-wrong-type' && !('method' in value))) return [];
    const [member, problem, ...rules] = known;
    const actual = member === undefined ? value : value[member];
    const rule = ruleAt(view.revision, ...rules) as Rule;
    return [{ rule, message: `${problem}, was ${show(actual)}`, path: member ? `${path}.${member}` : path, actual }];
  });
}

/** The member at fault, what is wrong, and the rule, of which the first that the revision has counts. */
type Known = readonly [member: string | undefined, problem: string, ...rules: readonly [Rule, ...Rule[]]];

const CODE_MESSAGE = [
  undefined,
  'an error must be an object with a code and a message',
  'jsonrpc.error.code-message',
] as const;

const FAULTS: { readonly [fault in EnvelopeFault]?: Known } = {
  'jsonrpc-not-2.0': ['jsonrpc', 'a message must have "jsonrpc": "2.0"', 'jsonrpc.follows-2.0'],
  'method-not-a-string': ['method', 'a method must be a string', 'jsonrpc.follows-2.0'],
  'params-not-structured': ['params', 'params must be an object, or be left out', 'jsonrpc.follows-2.0'],
  'method-on-response': [undefined, 'a response must have no method', 'jsonrpc.follows-2.0'],
  'id-null-on-request': ['id', 'the id of a request must not be null', 'jsonrpc.request.id-not-null'],
  'id-of-wrong-type': ['id', 'the id of a request must be a string or an integer', 'jsonrpc.request.id-type'],
  'result-and-error': [
    undefined,
    'a response must not have both result and error',
    'jsonrpc.response.not-both',
    'jsonrpc.follows-2.0',
  ],
  'neither-result-nor-error': [
    undefined,
    'this has neither method nor result nor error',
    'jsonrpc.response.one-of',
    'jsonrpc.result.has-result',
  ],
  'error-not-an-object': CODE_MESSAGE,
  'error-without-code': CODE_MESSAGE,
  'error-without-message': CODE_MESSAGE,
  'error-message-not-string': CODE_MESSAGE,
  'error-code-not-integer': [undefined, 'the code of an error must be an integer', 'jsonrpc.error.integer-code'],
};

/** The rules that a message gives an occasion to break. */
function occasionsIn({ message: { value, envelope } }: ClientMessage, { revision }: TraceView): Rule[] {
  if (!isObject(value)) return [];
  switch (envelope.kind) {
    case 'request':
      return ['jsonrpc.follows-2.0', 'jsonrpc.request.id-not-null', 'jsonrpc.request.id-type'];
    case 'notification':
      return ['jsonrpc.follows-2.0', 'jsonrpc.notification.no-id'];
    case 'success':
      return [
        'jsonrpc.follows-2.0',
        ruleAt(revision, 'jsonrpc.response.not-both', 'jsonrpc.follows-2.0') as Rule,
        ruleAt(revision, 'jsonrpc.response.one-of', 'jsonrpc.result.has-result') as Rule,
      ];
    case 'failure':
      return ['jsonrpc.follows-2.0', 'jsonrpc.error.code-message', 'jsonrpc.error.integer-code'];
    case 'broken':
      return [];
  }
}

function isRequestMethod(method: unknown, { revision }: TraceView): boolean {
  return typeof method === 'string' && messageDefinitions(revision).get(method)?.kind === 'request';
}
