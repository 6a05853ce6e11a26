/** Handlers that answer the server's requests from data. */
import type { JsonObject } from '../../spec/messages.ts';
import type { Handler, Handlers } from '../answering.ts';
import { isObject } from '../reading.ts';
import type { Context } from './context.ts';

/** The handlers that give the answers of a scenario. */
export function handlersFor(answers: Context['answers']): Handlers {
  const handlers: Handlers = {};
  const roots = answers?.['roots/list'];
  const sampling = answers?.['sampling/createMessage'];
  const elicitation = answers?.['elicitation/create'];
  if (roots) handlers['roots/list'] = () => roots;
  if (sampling) handlers['sampling/createMessage'] = () => sampling;
  if (elicitation)
    handlers['elicitation/create'] = elicitation === 'accept-defaults' ? acceptDefaults : () => elicitation;
  return handlers;
}

/**
 * Accepts a form with the defaults its schema gives; declines it when a required field has none.
 *
 * Source: 2025-11-25 client/elicitation#requested-schema (defaults).
 */
const acceptDefaults: Handler = ({ requestedSchema }) => {
  const schema = isObject(requestedSchema) ? requestedSchema : {};
  const content: JsonObject = {};
  for (const [field, property] of Object.entries(isObject(schema.properties) ? schema.properties : {})) {
    if (isObject(property) && property.default !== undefined) content[field] = property.default;
  }
  const required = Array.isArray(schema.required) ? schema.required : [];
  const isComplete = required.every((field) => typeof field === 'string' && Object.hasOwn(content, field));
  return { result: isComplete ? { action: 'accept', content } : { action: 'decline' } };
};
