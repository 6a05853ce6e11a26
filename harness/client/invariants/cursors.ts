import type { Invariant } from '../../invariants/invariant.ts';
import { judged, show } from '../../invariants/outcomes.ts';
import { isObject } from '../../wire/json-rpc.ts';
import { clientTraffic } from './client-traffic.ts';

/** Cursors come back as they were given (pagination, implementation guidelines). */
export const cursors: Invariant = {
  id: 'invariant.client.cursors',
  title: 'every cursor that is sent was given by the server',
  occasion: 'a cursor that the client sends',
  requires: ['page.opaque'],
  judge: (view) => {
    const { exchanges, messages } = clientTraffic(view);
    const given = exchanges.flatMap(({ payload }) =>
      payload.messages.flatMap(({ value }) => {
        const cursor = isObject(value) && isObject(value.result) ? value.result.nextCursor : undefined;
        return typeof cursor === 'string' ? [cursor] : [];
      }),
    );
    // a client that takes letters wrong breaks another rule: the cases judge what it makes of them
    if (given.some((cursor) => /[^\x20-\x7e]/.test(cursor))) return [];
    return messages.flatMap(({ exchange, message: { value }, path }) => {
      if (!isObject(value) || typeof value.method !== 'string' || !value.method.endsWith('/list')) return [];
      const cursor = isObject(value.params) ? value.params.cursor : undefined;
      if (cursor === undefined) return [];
      const isGiven = typeof cursor === 'string' && given.includes(cursor);
      const problem = `the cursor ${show(cursor)} was never given; given were ${show(given)}`;
      const breach = { message: problem, path: `${path}.params.cursor`, actual: cursor };
      return judged('page.opaque', exchange, isGiven ? [] : [breach], true);
    });
  },
};
