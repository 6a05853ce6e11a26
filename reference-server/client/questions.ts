import type { JsonObject, JsonRpcNotification } from '../../spec/messages.ts';
import { factsOf, type Revision } from '../revisions.ts';
import type { Question } from './ask.ts';

/**
 * Asks the user to fill in a form (client/elicitation, "Form Mode Elicitation Requests"). Never for secrets.
 *
 * @param properties the fields: flat, of the primitive types that forms have
 */
export function form(message: string, properties: JsonObject, required: string[] = []): Question {
  const requestedSchema = { type: 'object', properties, ...(required.length > 0 ? { required } : {}) };
  return { method: 'elicitation/create', params: { mode: 'form', message, requestedSchema } };
}

/** Asks the user to do something at a URL, out of the client's sight ("URL Mode Elicitation Requests"). */
export function visit(message: string, url: string, elicitationId: string): Question {
  return { method: 'elicitation/create', params: { mode: 'url', message, url, elicitationId } };
}

/** Tells the client that what the user did at a URL is over (2025-11-25, client/elicitation, "Completion Notifications"). */
export function elicitationComplete(elicitationId: string): JsonRpcNotification {
  return { jsonrpc: '2.0', method: 'notifications/elicitation/complete', params: { elicitationId } };
}

/** Asks the client's model to go on from a text of the user (client/sampling, "Creating Messages"). */
export function sample(text: string, maxTokens = 100): Question {
  const messages = [{ role: 'user', content: { type: 'text', text } }];
  return { method: 'sampling/createMessage', params: { messages, maxTokens } };
}

/** The same with tools that the model may use, or may not any more ("Sampling with Tools"); the client must have declared them. */
export function sampleWithTools(
  messages: readonly JsonObject[],
  tools: readonly JsonObject[],
  mode: 'auto' | 'none',
  maxTokens = 100,
): Question {
  const params = { messages: [...messages], maxTokens, tools: [...tools], toolChoice: { mode } };
  return { method: 'sampling/createMessage', params };
}

/** Asks which folders the client lets a server work in (client/roots, "Listing Roots"). */
export function listRoots(): Question {
  return { method: 'roots/list', params: {} };
}

/** A question with the members that the revision knows. */
export function questionFor({ method, params }: Question, revision: Revision): Question {
  const { elicitationMode, elicitationIds } = factsOf(revision);
  const { mode, elicitationId, ...rest } = params;
  return {
    method,
    params: {
      ...(mode !== undefined && elicitationMode ? { mode } : {}),
      ...(elicitationId !== undefined && elicitationIds ? { elicitationId } : {}),
      ...rest,
    },
  };
}
