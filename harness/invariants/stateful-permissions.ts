import { isResponse } from '../judge/observation.ts';
import type { Outcome } from '../judge/outcome.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { judged } from './outcomes.ts';
import { isStream, type TargetMessage, targetMessages } from './target-messages.ts';

const REQUIRES = [
  'sse.post.server-messages-before',
  'sse.post.batched-messages',
  'sse.post.batched-responses',
  'jsonrpc.batch.send-may',
  'sse.get.server-close',
] as const;
const [BEFORE, BATCHED, BATCHED_RESPONSES, BATCHES, CLOSE] = REQUIRES;

/** What a server of the stateful era may do and need not: it is only said where one does it. */
export const statefulPermissions: Invariant = {
  id: 'invariant.stateful.permissions',
  title: 'the server makes use of what it may do and need not, in batches and on streams',
  occasion: 'messages before a response, batches, or a stream that the server closes',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era === 'stateful'
      ? conversationOf(view)
          .exchanges.filter((exchange) => speaksRevision(view, exchange))
          .flatMap((exchange) => judgeOne(exchange, view))
      : [],
};

function judgeOne(exchange: Exchange, { trace, facts }: TraceView): Outcome[] {
  const said = targetMessages(exchange);
  const own = (one: TargetMessage) => isObject(one.message.value) && 'method' in one.message.value;
  const answered = said.findIndex(({ message }) => isResponse(message));
  const http = trace.header.transport === 'streamable-http';
  const stream = http && isStream(exchange);
  const batched = facts.batching ? said.filter(({ message }) => message.batched) : [];
  const used = (requirement: string, is: boolean) => judged(requirement, exchange, [], is);
  return [
    ...used(BEFORE, stream && exchange.method === 'POST' && said.slice(0, Math.max(answered, 0)).some(own)),
    ...used(BATCHED, stream && batched.some(own)),
    ...used(
      BATCHED_RESPONSES,
      stream && exchange.method === 'POST' && batched.some(({ message }) => isResponse(message)),
    ),
    ...used(BATCHES, batched.length > 0),
    ...used(CLOSE, stream && exchange.method === 'GET' && exchange.end?.how === 'complete'),
  ];
}
