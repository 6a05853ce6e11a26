import type { Outcome } from '../judge/outcome.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { serverRequests } from './jsonrpc-server-requests.ts';
import { speaksRevision } from './negotiated.ts';
import { type Breach, condensed, judged, sameJson, show } from './outcomes.ts';
import { knownAt, type OwnCancellation, ownCancellations, requestsNamed } from './own-requests.ts';

const REQUIRES = ['cancel.request-id', 'cancel.references-own-inflight'] as const;
const [ID, OWN] = REQUIRES;

/**
 * What a server may cancel with notifications/cancelled: a request that it sent and that is not answered yet (cancellation,
 * behavior requirements; 2025-11-25, CancelledNotificationParams). In the stateless era servers send no requests.
 */
export const ownCancellationsName: Invariant = {
  id: 'invariant.cancel.sender',
  title: 'a cancellation of the server names a request of its own that is still running',
  occasion: 'a notification by which the server cancels a request of its own',
  requires: REQUIRES,
  judge: (view) =>
    view.facts.era === 'stateful'
      ? conversationOf(view).sessions.flatMap((session) =>
          condensed(
            ownCancellations(session)
              .filter(({ said }) => speaksRevision(view, said.exchange))
              .flatMap((one) => judgeOne(one, session, view)),
          ),
        )
      : [],
};

function judgeOne(one: OwnCancellation, session: Session, view: TraceView): Outcome[] {
  const { said, requestId } = one;
  const { exchange } = said;
  const path = `${said.path}.params`;
  if (requestId === undefined) {
    // the schema lets it out for tasks, which are cancelled in another way, so that a server with tasks may misread it
    const atMost = serverRequests(session).some(({ params }) => hasTask(params)) ? { atMost: 'warn' as const } : {};
    return judged(ID, exchange, [{ message: 'the server cancels a request without naming it', path, ...atMost }], true);
  }
  return [...judged(ID, exchange, [], true), ...judged(OWN, exchange, faults(one, session, view, path), true)];
}

function faults(
  { said, requestId = null }: OwnCancellation,
  session: Session,
  view: TraceView,
  path: string,
): Breach[] {
  const { transport } = view.trace.header;
  const place = { path: `${path}.requestId`, actual: requestId };
  const named = requestsNamed(requestId, session).filter((request) => request.said.message.at <= said.message.at);
  const [latest] = named;
  if (!latest) {
    const theirs = session.calls.some(({ id }) => sameJson(id, requestId));
    const what = theirs ? "a request of the client's" : 'no request that the server sent';
    // over several streams the request may have gone where nobody was listening
    const unseen = transport === 'streamable-http' ? { atMost: 'warn' as const } : {};
    return [{ message: `the server cancels ${show(requestId)}, which is ${what}`, ...place, ...unseen }];
  }
  if (said.message.at <= knownAt(latest, session, transport)) return [];
  return [{ message: `the server cancels its request ${show(requestId)}, which had been answered`, ...place }];
}

function hasTask(params: unknown): boolean {
  return typeof params === 'object' && params !== null && 'task' in params;
}
