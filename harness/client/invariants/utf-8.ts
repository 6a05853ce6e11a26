import type { Invariant } from '../../invariants/invariant.ts';
import { judged } from '../../invariants/outcomes.ts';
import { strictUtf8 } from '../../wire/bytes.ts';
import { clientTraffic } from './client-traffic.ts';

/** The bytes of each message (transports). */
export const utf8: Invariant = {
  id: 'invariant.client.utf-8',
  title: 'every message is encoded in UTF-8',
  occasion: 'messages of the client',
  requires: ['jsonrpc.utf8'],
  judge: (view) =>
    clientTraffic(view).exchanges.flatMap((exchange) => {
      const broken = strictUtf8(exchange.requestBody) === null;
      const breaches = broken ? [{ message: 'the body is not valid UTF-8', path: 'body' }] : [];
      return judged('jsonrpc.utf8', exchange, breaches, exchange.sent.length > 0);
    }),
};
