import { catalogue } from '../../spec/catalogue.ts';
import type { Revision } from '../../spec/revisions.ts';
import type { Outcome } from '../judge/outcome.ts';
import { type Exchange, sharesStream } from '../trace/exchange.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, ruleAt } from './outcomes.ts';
import { isMessageEvent, isPlain, isStream } from './target-messages.ts';

const REQUIRES = ['lifecycle.op.respect-version', 'jsonrpc.follows-2.0'] as const;

/** Arrays in events and lines. An array as the whole body of an answer is no JSON object: the rule on the answer to a POST says so. */
export const jsonRpcBatches: Invariant = {
  id: 'invariant.jsonrpc.batches',
  title: 'no event or line carries an array where the revision has no batches',
  occasion: 'an event, line or body that carries an array',
  requires: REQUIRES,
  judge: (view) =>
    conversationOf(view)
      .exchanges.filter((exchange) => sharesStream(exchange) || (isStream(exchange) && isPlain(exchange)))
      .flatMap((exchange) =>
        condensed([
          ...judged('jsonrpc.follows-2.0', exchange, emptyArrays(exchange), false),
          ...(mayHoldNone(exchange, view) ? judgeMessages(exchange, view.revision) : []),
        ]),
      ),
};

/** A batch that the harness sent may well have been answered as one: a case judges that. */
function mayHoldNone(exchange: Exchange, view: TraceView): boolean {
  return (
    hasSingleMessagesOnly(view.revision) &&
    speaksRevision(view, exchange) &&
    !exchange.sent.some(({ batched }) => batched)
  );
}

/** Whether a revision has done away with batches; 2024-11-05 neither allows nor forbids them. */
function hasSingleMessagesOnly(revision: Revision): boolean {
  return catalogue().get('http.post.single-message')?.revisions.has(revision) === true;
}

function judgeMessages(exchange: Exchange, revision: Revision): Outcome[] {
  const { messages } = exchange.payload;
  const index = messages.findIndex(({ batched }) => batched);
  const message = `revision ${revision} has no batches, but a message came in an array`;
  const breaches = index < 0 ? [] : [{ message, path: `messages.${index}` }];
  return judged(ruleAt(revision, ...REQUIRES), exchange, breaches, messages.length > 0);
}

function emptyArrays(exchange: Exchange): Breach[] {
  return exchange.payload.events.flatMap(({ event, data }, index) => {
    if (!isMessageEvent(event) || data === null || !/^\s*\[\s*\]\s*$/.test(data)) return [];
    return [
      { message: 'a batch without a message is no JSON-RPC message', path: `events.${index}.data`, actual: data },
    ];
  });
}
