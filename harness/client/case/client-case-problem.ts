import type { Catalogue } from '../../../spec/catalogue.ts';
import { entryProblem, expectationProblem, firstWithin, type Problem } from '../../case/entry-problem.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { ClientCaseEntry } from './client-case.ts';

/** The first thing that is wrong with a client case although it fits the schema of its files; null when nothing is. */
export function problemOf(entry: ClientCaseEntry, catalogue: Catalogue, taken: ReadonlySet<string>): Problem | null {
  return (
    entryProblem(entry, taken, (id) =>
      catalogue.get(id)?.observe.client ? null : `"${id}" is no requirement that can be seen of a client`,
    ) ??
    firstWithin('expect', entry.expect, (expectation) => expectationProblem(expectation, entry)) ??
    idleRequirement(entry) ??
    problemWithGet(entry)
  );
}

function idleRequirement({ expect, requires }: ClientCaseEntry): Problem | null {
  const judged = new Set(expect.map(({ rule }) => rule ?? requires[0]));
  const idle = requires.find((id) => !judged.has(id));
  return idle ? { member: ['requires'], message: `no expectation decides "${idle}"` } : null;
}

/** A GET carries no request, so that nothing can be the response to it. */
function problemWithGet({ server }: ClientCaseEntry): Problem | null {
  const answers = Array.isArray(server?.answers) ? server.answers : [];
  const wrong = answers.findIndex((answer) => {
    if (!isObject(answer) || answer.to !== 'GET' || !isObject(answer.stream)) return false;
    const { events } = answer.stream;
    return Array.isArray(events) && events.some((event) => isObject(event) && event.response === true);
  });
  if (wrong < 0) return null;
  return { member: ['server', 'answers', wrong], message: 'a GET has no response; name the method of a request' };
}
