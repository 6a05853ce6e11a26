import type { Invariant } from '../../invariants/invariant.ts';
import { judged } from '../../invariants/outcomes.ts';
import { type Exchange, readJson } from '../../trace/exchange.ts';
import { lenientUtf8 } from '../../wire/bytes.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { clientTraffic } from './client-traffic.ts';

const REQUIRES = ['http.post.method', 'http.post.one-message-per-post'] as const;
const [METHOD, ONE] = REQUIRES;

/** Every message goes by a POST of its own (transports, sending messages to the server). */
export const httpMethod: Invariant = {
  id: 'invariant.client.http-method',
  title: 'every message is sent by a POST of its own',
  occasion: 'messages of the client',
  requires: REQUIRES,
  judge: (view) =>
    clientTraffic(view).exchanges.flatMap((exchange) => {
      const says = exchange.sent.some(({ value }) => isObject(value) && 'jsonrpc' in value);
      const several = textsIn(exchange) > 1;
      const foreign = says && exchange.method !== 'POST';
      return [
        ...judged(
          METHOD,
          exchange,
          foreign
            ? [
                {
                  message: `a message was sent by ${exchange.method}, not by POST`,
                  path: 'httpMethod',
                  actual: exchange.method,
                },
              ]
            : [],
          says,
        ),
        ...judged(
          ONE,
          exchange,
          several ? [{ message: 'the body holds several messages one after the other', path: 'body' }] : [],
          says && exchange.method === 'POST',
        ),
      ];
    }),
};

/** How many JSON objects stand in a body one after the other, a line each; 0 where they are not just that. */
function textsIn({ requestBody }: Exchange): number {
  if (!requestBody.length || readJson(requestBody).ok) return requestBody.length ? 1 : 0;
  const lines = lenientUtf8(requestBody)
    .replaceAll(/\}\s*\{/g, '}\n{')
    .split('\n')
    .filter((line) => line.trim() !== '');
  return lines.every((line) => readJson(Buffer.from(line, 'utf8')).ok) ? lines.length : 0;
}
