import type { Json } from '../../../spec/messages.ts';
import type { Invariant } from '../../invariants/invariant.ts';
import { judged, sameJson, show } from '../../invariants/outcomes.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { type ClientMessage, clientTraffic } from './client-traffic.ts';

const REQUIRES = ['jsonrpc.result.same-id', 'jsonrpc.error.same-id', 'jsonrpc.notification.no-response'] as const;
const [RESULT, ERROR, NONE] = REQUIRES;

/** What the harness said that bears on answers: ids of its requests, and whether it sent notifications. */
interface Said {
  readonly at: number;
  readonly id: Json | undefined;
}

/** Ids of responses, and that nothing but requests is answered (basic, responses; notifications). */
export const responses: Invariant = {
  id: 'invariant.client.responses',
  title: 'every response is to a request, and under its id',
  occasion: 'responses of the client',
  requires: REQUIRES,
  judge: (view) => {
    const { exchanges, messages } = clientTraffic(view);
    const said = exchanges.flatMap(({ payload }) =>
      payload.messages.flatMap(({ value, at }): Said[] =>
        isObject(value) && typeof value.method === 'string' ? [{ at, id: value.id }] : [],
      ),
    );
    const answers = messages.filter(isAnswer);
    // a client that takes letters wrong breaks another rule: the cases judge what it makes of them
    if (said.some(({ id }) => typeof id === 'string' && /[^\x20-\x7e]/.test(id))) return [];
    const silent = said.some(({ id }) => id === undefined) && !answers.length ? exchanges.at(-1) : undefined;
    return [
      ...answers.flatMap((answer) => judgeAnswer(answer, said)),
      ...(silent ? judged(NONE, silent, [], true) : []),
    ];
  },
};

function judgeAnswer({ exchange, message: { value }, path }: ClientMessage, all: readonly Said[]) {
  if (!isObject(value)) return [];
  const said = all.filter(({ at }) => at <= exchange.startedAt);
  const asked = said.filter(({ id }) => id !== undefined);
  const rule = value.error === undefined ? RESULT : ERROR;
  if (asked.some(({ id }) => sameJson(id, value.id))) return judged(rule, exchange, [], true);
  const what = `a response under the id ${show(value.id)}`;
  if (!asked.length && said.length) {
    return judged(
      NONE,
      exchange,
      [{ message: `${what} although only notifications were sent`, path, actual: value }],
      true,
    );
  }
  const ids = asked.map(({ id }) => show(id)).join(', ');
  const why = asked.length ? `although the ids of the requests are ${ids}` : 'although nothing was asked';
  return judged(rule, exchange, [{ message: `${what} ${why}`, path: `${path}.id`, actual: value.id }], true);
}

function isAnswer({ message: { value } }: ClientMessage): boolean {
  return isObject(value) && !('method' in value) && ('result' in value || 'error' in value);
}
