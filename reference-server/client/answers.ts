import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../envelope/message.ts';
import { type Validator, validatorOf } from '../validation.ts';
import type { Question } from './ask.ts';

const content = {
  type: 'object',
  required: ['type'],
  properties: { type: { type: 'string' }, text: { type: 'string' } },
};

const shapes: Record<Question['method'], Validator> = {
  'elicitation/create': validatorOf(
    {
      type: 'object',
      required: ['action'],
      properties: { action: { enum: ['accept', 'decline', 'cancel'] }, content: { type: 'object' } },
    },
    'answer',
  ),
  'sampling/createMessage': validatorOf(
    {
      type: 'object',
      required: ['role', 'content', 'model'],
      properties: {
        role: { enum: ['user', 'assistant'] },
        model: { type: 'string' },
        content: { anyOf: [content, { type: 'array', items: content }] },
      },
    },
    'answer',
  ),
  'roots/list': validatorOf(
    {
      type: 'object',
      required: ['roots'],
      properties: {
        roots: {
          type: 'array',
          items: {
            type: 'object',
            required: ['uri'],
            properties: { uri: { type: 'string' }, name: { type: 'string' } },
          },
        },
      },
    },
    'answer',
  ),
};

/**
 * What is wrong with the answer to a question, one sentence a fault. A form that the user filled in must fit the form
 * (2025-11-25, client/elicitation, "Requested Schema"; servers validate what they receive).
 */
export function checkAnswer({ method, params }: Question, answer: Json | undefined): string[] {
  const problems = shapes[method](answer ?? null);
  if (problems.length > 0 || !isObject(answer)) return problems;
  const { requestedSchema } = params;
  if (answer.action !== 'accept' || !isObject(requestedSchema)) return [];
  return formValidator(requestedSchema)(answer.content ?? {});
}

// Compiling a schema costs far more than checking by it, and a tool asks the same form again and again.
const forms = new Map<string, Validator>();
const MOST_FORMS = 100;

function formValidator(schema: JsonObject): Validator {
  const key = JSON.stringify(schema);
  const known = forms.get(key);
  if (known !== undefined) return known;
  const made = validatorOf(schema, 'content');
  if (forms.size >= MOST_FORMS) forms.clear();
  forms.set(key, made);
  return made;
}
