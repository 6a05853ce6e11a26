import type { Json, JsonObject } from '../../spec/messages.ts';
import { MARK } from '../case/meddled.ts';
import { filledIn } from '../session/filled-answers.ts';
import { isObject } from '../wire/json-rpc.ts';

/** What a client makes of a question of the server. */
export type Answer = (question: JsonObject) => Json;

/** The answers to the questions of a result, under the same keys. */
export function answersTo(asked: Json | undefined, answer: Answer): JsonObject {
  const questions = isObject(asked) ? Object.entries(asked) : [];
  return Object.fromEntries(
    questions.map(([key, question]) => [key, isObject(question) ? answer(question) : { action: 'cancel' }]),
  );
}

/** The user does not want to. */
export const decline: Answer = () => ({ action: 'decline' });

/** The user fills in forms, the model says something, and uses a tool first if it was lent one. */
export const willingly: Answer = ({ method, params }) => {
  if (method === 'roots/list') return { roots: [] };
  if (method !== 'sampling/createMessage') return filledIn({ action: 'accept' }, params);
  if (hasResults(params)) return { ...MODEL, content: { type: 'text', text: 'assay' }, stopReason: 'endTurn' };
  return filledIn({ ...MODEL, stopReason: 'toolUse' }, params);
};

/** The user fills in forms so that they do not fit. */
export const wrongly: Answer = (question) =>
  question.method === 'elicitation/create'
    ? filledIn({ action: 'accept', fill: 'wrong' }, question.params)
    : willingly(question);

/** The user fills in forms with texts that are recognised wherever they come again. */
export const markedly: Answer = (question) => {
  const answer = willingly(question);
  if (!isObject(answer) || !isObject(answer.content) || question.method !== 'elicitation/create') return answer;
  const schema = isObject(question.params) ? question.params.requestedSchema : undefined;
  const fields = isObject(schema) && isObject(schema.properties) ? schema.properties : {};
  const content = Object.entries(answer.content).map(([name, value]) => [name, isText(fields[name]) ? MARK : value]);
  return { ...answer, content: Object.fromEntries(content) };
};

const MODEL = { role: 'assistant', model: 'assay' } as const;

function hasResults(params: Json | undefined): boolean {
  const messages = isObject(params) && Array.isArray(params.messages) ? params.messages : [];
  return messages.length > 1;
}

/** Whether any text will do. */
function isText(field: Json | undefined): boolean {
  return (
    isObject(field) && field.type === 'string' && !['enum', 'oneOf', 'const', 'format'].some((key) => key in field)
  );
}
