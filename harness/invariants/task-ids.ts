import { headerValue } from '../wire/headers.ts';
import { conversationOf } from './conversation.ts';
import { whyGuessable } from './guessable-ids.ts';
import type { Invariant } from './invariant.ts';
import { speaksRevision } from './negotiated.ts';
import { judged } from './outcomes.ts';
import { taskSightings } from './task-sightings.ts';

const RULE = 'tasks.id-unguessable';

/**
 * What can be seen of chance in the ids of tasks that no authorization protects. Where there are sessions, a task may be
 * bound to its own, which is not what the rule speaks of but makes guessing worth less. Over stdio there is nobody to guess.
 */
export const taskIds: Invariant = {
  id: 'invariant.tasks.ids',
  title: 'the ids of tasks are long, differ, and do not count up',
  occasion: 'several tasks',
  requires: [RULE],
  transports: ['streamable-http'],
  judge: (view) => {
    if (view.revision !== '2025-11-25') return [];
    const created = conversationOf(view)
      .sessions.flatMap((session) => taskSightings(session).map((seen) => ({ ...seen, session })))
      .filter(({ from, said }) => from === 'creation' && speaksRevision(view, said.exchange))
      .filter(({ said }) => headerValue(said.exchange.requestHeaders, 'authorization') === null)
      .sort((a, b) => a.said.message.at - b.said.message.at);
    const ids = created.map(({ task }) => task.taskId);
    return created.flatMap(({ said, session, path }, index) => {
      const id = ids[index];
      if (typeof id !== 'string') return [];
      const earlier = ids.slice(0, index).filter((one) => typeof one === 'string' && one !== id) as string[];
      const why = whyGuessable('task id', id, earlier);
      const limit = session.id === null ? {} : ({ atMost: 'warn' } as const);
      const breaches = why ? [{ message: why, path: `${path}.taskId`, actual: id, ...limit }] : [];
      return judged(RULE, said.exchange, breaches, true);
    });
  },
};
