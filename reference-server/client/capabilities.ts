import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../envelope/message.ts';
import { factsOf, type Revision } from '../revisions.ts';
import type { Question } from './ask.ts';

/** The capabilities that a client must have declared to be asked a question, in the shape it declares them. */
export function capabilitiesNeeded({ method, params }: Question): JsonObject {
  switch (method) {
    case 'roots/list':
      return { roots: {} };
    case 'sampling/createMessage':
      return { sampling: params.tools === undefined ? {} : { tools: {} } };
    case 'elicitation/create':
      return { elicitation: params.mode === 'url' ? { url: {} } : { form: {} } };
  }
}

/**
 * Whether a client can be asked a question: the revision knows it, and the client has declared what it needs. An empty
 * `elicitation` means forms (2025-11-25, client/elicitation, "Capabilities").
 */
export function canBeAsked(question: Question, capabilities: JsonObject, revision: Revision): boolean {
  if (question.params.tools !== undefined && !factsOf(revision).samplingTools) return false;
  if (question.method !== 'elicitation/create') return declares(capabilities, capabilitiesNeeded(question));
  const mode = question.params.mode === 'url' ? 'url' : 'form';
  if (!factsOf(revision).elicitation.includes(mode)) return false;
  const { elicitation } = capabilities;
  if (!isObject(elicitation)) return false;
  return isObject(elicitation[mode]) || (mode === 'form' && elicitation.url === undefined);
}

/** Whether declared capabilities include others, member by member. */
export function declares(declared: Json | undefined, needed: JsonObject): boolean {
  if (!isObject(declared)) return false;
  return Object.entries(needed).every(
    ([name, value]) => Object.hasOwn(declared, name) && declares(declared[name], isObject(value) ? value : {}),
  );
}
