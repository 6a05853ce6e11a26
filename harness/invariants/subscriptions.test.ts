import { describe } from 'vitest';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { subscriptions } from './subscriptions.ts';
import { holdsAgainst, type Row } from './testing/table.ts';
import { notification, request, result } from './testing/trace-builder.ts';

const revision = '2026-07-28';
const meta = { 'io.modelcontextprotocol/protocolVersion': revision };
const tagged = { _meta: { 'io.modelcontextprotocol/subscriptionId': 1 } };
const ack = notification('notifications/subscriptions/acknowledged', { ...tagged, notifications: {} });
const tools = notification('notifications/tools/list_changed', tagged);
const updated = (uri: string) => notification('notifications/resources/updated', { ...tagged, uri });

/** What came on a stream, and what that breaks. */
function row(shows: string, filter: JsonObject, said: readonly Json[], broken: readonly string[]): Row {
  const sent = request(1, 'subscriptions/listen', { _meta: meta, notifications: filter });
  const exchanges = [{ sent, events: said.map((data) => ({ data })), end: 'closed-by-harness' as const }];
  return { shows, revision, exchanges, says: broken };
}

const FIRST = 'kept subs.ack-first #1';
const BEFORE = 'kept subs.nothing-before-ack #1';
const ID = 'kept subs.subscription-id #1';
const ASKED = 'kept subs.only-requested #1';
const LOG = 'kept log.request-scoped #1';

describe('the stream of a subscription', () => {
  holdsAgainst(subscriptions, [
    row('an acknowledgment', {}, [ack], [FIRST, BEFORE, ID, LOG]),
    row('what was asked for', { toolsListChanged: true }, [ack, tools], [FIRST, BEFORE, ID, ASKED, LOG]),
    row('what was not', {}, [ack, tools], [FIRST, BEFORE, ID, 'broken subs.only-requested #1', LOG]),
    row(
      'a part of a resource',
      { resourceSubscriptions: ['a:b'] },
      [ack, updated('a:b/c')],
      [FIRST, BEFORE, ID, ASKED, LOG],
    ),
    row(
      'another resource',
      { resourceSubscriptions: ['a:b'] },
      [ack, updated('a:x')],
      [FIRST, BEFORE, ID, 'broken subs.only-requested #1 (warn)', LOG],
    ),
    row(
      'a change before the acknowledgment',
      { toolsListChanged: true },
      [tools, ack],
      ['broken subs.nothing-before-ack #1', ID, ASKED, LOG],
    ),
    row(
      'no id',
      { toolsListChanged: true },
      [ack, notification('notifications/tools/list_changed', {})],
      [FIRST, BEFORE, 'broken subs.subscription-id #1', ASKED, LOG],
    ),
    row(
      'a log message',
      {},
      [ack, notification('notifications/message', tagged)],
      [FIRST, BEFORE, ID, ASKED, 'broken log.request-scoped #1'],
    ),
    row(
      'a response without the id',
      {},
      [ack, result(1, {})],
      [FIRST, BEFORE, 'broken subs.subscription-id #1 (warn)', LOG],
    ),
  ]);
});
