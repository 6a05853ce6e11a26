import type { Outcome } from '../judge/outcome.ts';
import { lenientUtf8 } from '../wire/bytes.ts';
import { isObject } from '../wire/json-rpc.ts';
import { type Call, conversationOf, resultOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { condensed, judged, show } from './outcomes.ts';
import { repeatedKeys } from './raw-keys.ts';
import { isAccepted, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'mrtr.keys-unique',
  'mrtr.input-requests-optional',
  'mrtr.state-optional',
  'mrtr.repeat',
  'elicit.via-mrtr',
] as const;
const [KEYS, REQUESTS, STATE, REPEAT, ELICITS] = REQUIRES;

/** What a result of the stateless era holds that asks for input, and when it comes. */
export const inputRequests: Invariant = {
  id: 'invariant.mrtr.input-requests',
  title: 'a result that asks for input names each question once, and may ask as often as there is need',
  occasion: 'a result that asks for input',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era !== 'stateless'
      ? []
      : conversationOf(view).sessions.flatMap(({ calls }) => condensed(calls.flatMap((call) => judgeCall(call, view)))),
};

function judgeCall(call: Call, view: TraceView): Outcome[] {
  const { exchange, params } = call;
  const result = resultOf(call);
  if (!isObject(result) || result.resultType !== 'input_required') return [];
  if (!isAccepted(exchange) || !speaksRevision(view, exchange)) return [];
  const { inputRequests: asked, requestState } = result;
  const repeated = repeatedIn(call).map((key) => ({
    message: `the result asks two questions under the key ${show(key)}`,
    path: 'result.inputRequests',
  }));
  const elicits = isObject(asked) && Object.values(asked).some((one) => isObject(one) && one.method === ELICITATION);
  const again = isObject(params) && (params.inputResponses !== undefined || params.requestState !== undefined);
  return [
    ...judged(KEYS, exchange, repeated, isObject(asked) && Object.keys(asked).length > 0),
    ...judged(REQUESTS, exchange, [], asked !== undefined),
    ...judged(STATE, exchange, [], requestState !== undefined),
    ...judged(REPEAT, exchange, [], again),
    ...judged(ELICITS, exchange, [], elicits),
  ];
}

const ELICITATION = 'elicitation/create';

/** The keys that come more than once in the bytes of the answer. */
function repeatedIn({ exchange, id }: Call): string[] {
  return targetMessages(exchange).flatMap(({ message: { value, event } }) => {
    if (!isObject(value) || value.id !== id || !isObject(value.result)) return [];
    const { payload } = exchange;
    const text = event === null ? lenientUtf8(payload.bytes) : (payload.events[event]?.data ?? '');
    return repeatedKeys(text, 'inputRequests');
  });
}
