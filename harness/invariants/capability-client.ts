import type { JsonObject } from '../../spec/messages.ts';
import { messageDefinitions } from '../../spec/schema/index.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf } from './conversation.ts';
import type { Invariant, TraceView } from './invariant.ts';
import { type ServerRequest, serverRequests } from './jsonrpc-server-requests.ts';
import { clientCapabilities, declares, speaksRevision } from './negotiated.ts';
import { condensed, judged, show } from './outcomes.ts';

const REQUIRES = [
  'lifecycle.op.negotiated-capabilities',
  'elicit.server-respects-modes',
  'sampling.tools-only-if-declared',
] as const;
const [NEGOTIATED, MODES, TOOLS] = REQUIRES;

const NEEDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'sampling/createMessage': 'sampling',
    'elicitation/create': 'elicitation',
    'roots/list': 'roots',
    'tasks/get': 'tasks',
    'tasks/result': 'tasks',
    'tasks/list': 'tasks.list',
    'tasks/cancel': 'tasks.cancel',
  }),
);

/** Requests that a server may send only to a client that can answer them. */
export const capabilityClient: Invariant = {
  id: 'invariant.capabilities.of-client',
  title: 'the server asks the client only for what the client declared',
  occasion: 'a request of the server to the client',
  requires: REQUIRES,
  judge: (view) =>
    condensed(
      conversationOf(view).sessions.flatMap((session) =>
        serverRequests(session).flatMap((request) => {
          const declared = clientCapabilities(session, request.said.message.at);
          return declared && speaksRevision(view, request.said.exchange) ? judgeRequest(request, declared, view) : [];
        }),
      ),
    ),
};

function judgeRequest({ said, method, params }: ServerRequest, declared: JsonObject, view: TraceView): Outcome[] {
  const needed = NEEDS.get(method);
  // a method that the revision does not have is another rule's
  if (needed === undefined || !messageDefinitions(view.revision).has(method)) return [];
  const { exchange } = said;
  const path = `${said.path}.method`;
  if (!declares(declared, needed)) {
    const message = `the server sent ${show(method)} to a client that did not declare ${needed}`;
    return judged(NEGOTIATED, exchange, [{ message, path, actual: method }], true);
  }
  const kept = judged(NEGOTIATED, exchange, [], true);
  const asked = isObject(params) ? params : {};
  if (method === 'elicitation/create') return [...kept, ...judgeMode(said, asked, declared)];
  if (method !== 'sampling/createMessage' || (asked.tools === undefined && asked.toolChoice === undefined)) return kept;
  const message = 'the server sent a sampling request with tools to a client that did not declare sampling.tools';
  const breaches = declares(declared, 'sampling.tools')
    ? []
    : [{ message, path: `${said.path}.params`, actual: asked }];
  return [...kept, ...judged(TOOLS, exchange, breaches, true)];
}

/** An elicitation capability without members stands for the form mode (2025-11-25, elicitation, capabilities). */
function judgeMode(said: ServerRequest['said'], asked: JsonObject, declared: JsonObject): Outcome[] {
  const modes = isObject(declared.elicitation) ? Object.keys(declared.elicitation) : [];
  const mode = asked.mode ?? 'form';
  const supported = modes.includes('form') || modes.includes('url') ? modes : ['form'];
  const message = `the server elicits in mode ${show(mode)}, the client declared ${supported.join(' and ')}`;
  const allowed = typeof mode !== 'string' || supported.includes(mode);
  return judged(
    MODES,
    said.exchange,
    allowed ? [] : [{ message, path: `${said.path}.params.mode`, actual: mode }],
    true,
  );
}
