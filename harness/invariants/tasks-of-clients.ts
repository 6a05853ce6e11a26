import type { Json, JsonObject } from '../../spec/messages.ts';
import type { Outcome } from '../judge/outcome.ts';
import { isObject } from '../wire/json-rpc.ts';
import { conversationOf, type Session } from './conversation.ts';
import type { Invariant } from './invariant.ts';
import { type ServerRequest, serverRequests } from './jsonrpc-server-requests.ts';
import { clientCapabilities, declares, speaksRevision } from './negotiated.ts';
import { condensed, judged, sameJson, show } from './outcomes.ts';

const REQUIRES = [
  'tasks.no-create-without-capability',
  'tasks.only-if-declared',
  'tasks.poll-interval',
  'tasks.related-not-in-requests',
] as const;
const [NO_TASKS, ONLY_DECLARED, POLL_INTERVAL, UNRELATED] = REQUIRES;

/** What clients may run as tasks, by the capability that says so. */
const TASKS_OF: { readonly [method: string]: string } = {
  'sampling/createMessage': 'tasks.requests.sampling.createMessage',
  'elicitation/create': 'tasks.requests.elicitation.create',
};

/** A server that has its client run tasks: at whom, and how it looks at them (2025-11-25, tasks). */
export const tasksOfClients: Invariant = {
  id: 'invariant.tasks.of-clients',
  title: 'a server has only such clients run tasks as can, and looks at the tasks as often as they suggest',
  occasion: 'a question of the server to the client',
  requires: REQUIRES,
  judge: (view) => {
    if (view.revision !== '2025-11-25') return [];
    return conversationOf(view).sessions.flatMap((session) => {
      const requests = serverRequests(session).filter(({ said }) => speaksRevision(view, said.exchange));
      return condensed(
        requests.flatMap((request) => [...asked(request, session), ...looked(request, requests, session)]),
      );
    });
  },
};

/** Whether a question is a task only where its client has said that it can be. */
function asked({ method, params, said }: ServerRequest, session: Session): Outcome[] {
  const needed = TASKS_OF[method];
  const declared = needed === undefined ? null : clientCapabilities(session, said.message.at);
  if (needed === undefined || !declared) return [];
  const path = `${said.path}.params.task`;
  const wanted = isObject(params) ? params.task : undefined;
  const breach = (message: string) => (wanted === undefined ? [] : [{ message, path, actual: wanted }]);
  if (!declares(declared, 'tasks')) {
    const message = `the server wants ${show(method)} to become a task of a client that has not declared tasks`;
    return judged(NO_TASKS, said.exchange, breach(message), true);
  }
  if (declares(declared, needed)) return judged(ONLY_DECLARED, said.exchange, [], wanted !== undefined);
  const message = `the server wants ${show(method)} to become a task of a client that has not declared ${needed}`;
  return judged(ONLY_DECLARED, said.exchange, breach(message), true);
}

/** How a server asks about a task of its client, and how long after it has asked before. */
function looked(request: ServerRequest, all: readonly ServerRequest[], session: Session): Outcome[] {
  const { method, params, said } = request;
  if (!method.startsWith('tasks/') || !isObject(params)) return [];
  const named = isObject(params._meta) && params._meta['io.modelcontextprotocol/related-task'] !== undefined;
  const twice = { message: `${method} carries related-task metadata`, path: `${said.path}.params._meta` };
  const related = judged(UNRELATED, said.exchange, named ? [twice] : [], true);
  // what comes on several streams is one look, and streams may be read in any order
  const earlier = all
    .filter((one) => one.method === 'tasks/get' && isAbout(one, params.taskId) && !sameJson(one.id, request.id))
    .filter((one) => one.said.message.at <= said.message.at)
    .toSorted((one, other) => one.said.message.at - other.said.message.at);
  const before = method === 'tasks/get' ? earlier.at(-1) : undefined;
  const suggested = before && suggestion(session, params.taskId, said.message.at);
  if (!before || suggested === undefined) return related;
  const pause = Math.round(said.message.at - before.said.message.at);
  const message = `the server looked at a task again after ${pause} ms, although ${suggested} ms were suggested`;
  // who measures the pause elsewhere, or by a coarse clock, may come a little early
  const breaches = pause < suggested / 2 ? [{ message, path: said.path }] : [];
  return [...related, ...judged(POLL_INTERVAL, said.exchange, breaches, true)];
}

function isAbout({ params }: ServerRequest, task: Json | undefined): boolean {
  return isObject(params) && sameJson(params.taskId, task);
}

/** The pause that the client had suggested last before a moment, in milliseconds. */
function suggestion({ exchanges }: Session, task: Json | undefined, before: number): number | undefined {
  const results = exchanges
    .filter(({ startedAt }) => startedAt <= before)
    .flatMap(({ sent }) =>
      sent.flatMap(({ value }) => (isObject(value) && isObject(value.result) ? [value.result] : [])),
    );
  const described = results.map((result): JsonObject => (isObject(result.task) ? result.task : result));
  const pollInterval = described.findLast(({ taskId }) => sameJson(taskId, task))?.pollInterval;
  return typeof pollInterval === 'number' ? pollInterval : undefined;
}
