import type { Json } from '../../../spec/messages.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { judged, sameJson, show } from '../../invariants/outcomes.ts';
import type { Exchange } from '../../trace/exchange.ts';
import { isObject, isRequestId } from '../../wire/json-rpc.ts';
import { clientTraffic } from './client-traffic.ts';

const REQUIRES = ['progress.token-type', 'progress.token-unique'] as const;
const [TYPE, UNIQUE] = REQUIRES;

/** The tokens by which a client asks for progress (progress, progress flow). */
export const progressTokens: Invariant = {
  id: 'invariant.client.progress-tokens',
  title: 'progress tokens are strings or integers, and no two running requests have the same',
  occasion: 'requests with a progress token',
  requires: REQUIRES,
  judge: (view) => {
    const asked = clientTraffic(view).messages.flatMap(({ exchange, message: { value }, path }) => {
      const token = tokenIn(value);
      return token === undefined ? [] : [{ exchange, token, path: `${path}.params._meta.progressToken` }];
    });
    return asked.flatMap(({ exchange, token, path }, index) => {
      const running = asked.slice(0, index).filter((other) => isRunning(other.exchange, exchange.startedAt));
      const type = { message: `the progress token is ${show(token)}`, path, actual: token };
      const twice = {
        message: `the progress token ${show(token)} is that of a request still running`,
        path,
        actual: token,
      };
      return [
        ...judged(TYPE, exchange, isRequestId(token) ? [] : [type], true),
        ...judged(
          UNIQUE,
          exchange,
          running.some((other) => sameJson(other.token, token)) ? [twice] : [],
          running.length > 0,
        ),
      ];
    });
  },
};

function tokenIn(value: Json): Json | undefined {
  const params = isObject(value) && isObject(value.params) ? value.params : {};
  return isObject(params._meta) ? params._meta.progressToken : undefined;
}

/** Whether the answer to a request had not begun at a moment, so that the client cannot have had its response. */
function isRunning({ response }: Exchange, at: number): boolean {
  return response === null || response.at > at;
}
