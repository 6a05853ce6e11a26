import type { Invariant } from '../../invariants/invariant.ts';
import { type Breach, judged } from '../../invariants/outcomes.ts';
import type { Exchange } from '../../trace/exchange.ts';
import { carriesInitialize } from '../judge/endpoint-exchanges.ts';
import { kindsIn } from '../judge/select.ts';
import { clientTraffic } from './client-traffic.ts';

/** What the body of a POST may be since batches are gone (transports, sending messages to the server). */
export const singleMessage: Invariant = {
  id: 'invariant.client.single-message',
  title: 'the body of each POST is exactly one message',
  occasion: 'a POST of the client',
  requires: ['http.post.single-message'],
  judge: (view) => {
    const { exchanges, isGoverned } = clientTraffic(view);
    return exchanges.flatMap((exchange) => {
      if (exchange.method !== 'POST' || !isGoverned(exchange)) return [];
      return judged('http.post.single-message', exchange, notSingle(exchange), exchange.sent.length === 1);
    });
  },
};

function notSingle(exchange: Exchange): Breach[] {
  if (!exchange.requestBody.length) return [{ message: 'the body of a POST is empty', path: 'body', actual: '' }];
  return isArray(exchange) ? [{ message: 'the body of a POST is an array of messages', path: 'json' }] : [];
}

const BATCHES = ['http.post.message-or-batch', 'lifecycle.init.not-in-batch', 'jsonrpc.batch.send-may'] as const;
const [FORM, INITIALIZE, MAY] = BATCHES;

/** What the body of a POST may be while there were batches (2025-03-26). */
export const messageOrBatch: Invariant = {
  id: 'invariant.client.message-or-batch',
  title: 'the body of each POST is one message, or a batch that is allowed',
  occasion: 'a POST of the client',
  requires: BATCHES,
  judge: (view) => {
    const { exchanges, isGoverned } = clientTraffic(view);
    return exchanges.flatMap((exchange) => {
      if (exchange.method !== 'POST' || !isGoverned(exchange)) return [];
      const inBatch = isArray(exchange) && carriesInitialize(exchange);
      const occasion = exchange.sent.length > 0;
      return [
        ...judged(FORM, exchange, badForm(exchange), occasion),
        ...judged(
          INITIALIZE,
          exchange,
          inBatch ? [{ message: 'initialize stands in a batch', path: 'json' }] : [],
          carriesInitialize(exchange),
        ),
        ...judged(MAY, exchange, [], isArray(exchange) && occasion),
      ];
    });
  },
};

function badForm(exchange: Exchange): Breach[] {
  if (!exchange.requestBody.length) return [{ message: 'the body of a POST is empty', path: 'body', actual: '' }];
  if (!isArray(exchange)) return [];
  if (!exchange.sent.length) return [{ message: 'the body of a POST is an empty array', path: 'json', actual: [] }];
  const kinds = kindsIn(exchange);
  const mixed = kinds.includes('response') && kinds.some((kind) => kind !== 'response');
  return mixed ? [{ message: 'a batch holds responses together with other messages', path: 'json' }] : [];
}

function isArray({ sent, requestBody }: Exchange): boolean {
  return sent.some(({ batched }) => batched) || Buffer.from(requestBody).toString('latin1').trim() === '[]';
}
