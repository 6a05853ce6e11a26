import { REVISIONS, type Revision } from '../../spec/revisions.ts';
import { messageDefinitions } from '../../spec/schema/index.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { judged, show } from './outcomes.ts';
import { targetMessages } from './target-messages.ts';

const RULE = 'lifecycle.op.respect-version';

/** Messages of one revision in a session that agreed on another. Methods that no revision has may be an extension's. */
export const revisionMessages: Invariant = {
  id: 'invariant.lifecycle.messages-of-revision',
  title: 'the server sends only messages that the negotiated revision has',
  occasion: 'a message of the server',
  requires: [RULE],
  judge: (view) =>
    conversationOf(view).exchanges.flatMap((exchange) => {
      if (!speaksRevision(view, exchange)) return [];
      const sent = targetMessages(exchange).flatMap(({ message: { value }, path }) =>
        isObject(value) && typeof value.method === 'string' ? [{ method: value.method, path }] : [],
      );
      const breaches = sent.flatMap(({ method, path }) => {
        const others = mayBeSent(method, view.revision) ? [] : REVISIONS.filter((other) => mayBeSent(method, other));
        if (!others.length) return [];
        const message = `revision ${view.revision} has no ${show(method)}: it belongs to ${others.join(', ')}`;
        return [{ message, path: `${path}.method`, actual: method }];
      });
      return judged(
        RULE,
        exchange,
        breaches,
        sent.some(({ method }) => mayBeSent(method, view.revision)),
      );
    }),
};

function mayBeSent(method: string, revision: Revision): boolean {
  const definition = messageDefinitions(revision).get(method);
  return definition !== undefined && definition.kind !== 'input-request' && definition.from !== 'client';
}
