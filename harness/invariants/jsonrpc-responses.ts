import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type Breach, condensed, judged, ruleAt } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

const REQUIRES = [
  'jsonrpc.response.one-of',
  'jsonrpc.result.has-result',
  'jsonrpc.response.not-both',
  'jsonrpc.follows-2.0',
] as const;
const [ONE_OF, HAS_RESULT, NOT_BOTH, FOLLOWS] = REQUIRES;

/** Result and error, of which a response has exactly one (JSON-RPC 2.0, section 5). */
export const jsonRpcResponses: Invariant = {
  id: 'invariant.jsonrpc.responses',
  title: 'a response has either a result or an error',
  occasion: 'an answer to a request',
  requires: REQUIRES,
  judge: (view) => {
    const oneOf = ruleAt(view.revision, ONE_OF, HAS_RESULT);
    const notBoth = ruleAt(view.revision, NOT_BOTH, FOLLOWS);
    return conversationOf(view).exchanges.flatMap((exchange) => {
      const faults = targetMessages(exchange).flatMap(({ message: { value }, path }) =>
        isMeantAsResponse(value) ? [{ ...faultOf(value), path, actual: value }] : [],
      );
      if (!faults.length) return [];
      const breaches = (kind: Fault): Breach[] =>
        faults.flatMap(({ fault, message, path, actual }) => (fault === kind ? [{ message, path, actual }] : []));
      const odd = breaches('odd');
      return condensed([
        ...judged(oneOf, exchange, breaches('neither'), true),
        ...judged(notBoth, exchange, breaches('both'), faults.length > odd.length),
        ...judged(FOLLOWS, exchange, odd, false),
      ]);
    });
  },
};

type Fault = 'none' | 'neither' | 'both' | 'odd';

/** A message with an id and no method can only be meant as a response. */
function isMeantAsResponse(value: Json): value is JsonObject {
  return isObject(value) && ('result' in value || 'error' in value || ('id' in value && !('method' in value)));
}

function faultOf(response: JsonObject): { fault: Fault; message: string } {
  const [hasResult, hasError] = ['result' in response, 'error' in response];
  if ('method' in response) return { fault: 'odd', message: 'a response must not have a method' };
  if (!hasResult && !hasError) return { fault: 'neither', message: 'a response has neither a result nor an error' };
  if (!hasResult || !hasError) return { fault: 'none', message: '' };
  if (response.result !== null && response.error !== null) {
    return { fault: 'both', message: 'a response has both a result and an error' };
  }
  // whether null counts as set is open for MCP; JSON-RPC says that the member must not be there
  return { fault: 'odd', message: 'a response has both a result and an error, one of them null: leave that one out' };
}
