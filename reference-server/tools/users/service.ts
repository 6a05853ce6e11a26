import type { Json, JsonObject } from '../../../spec/messages.ts';
import type { RequestContext } from '../../dispatch/context.ts';
import { parseJson } from '../../envelope/json.ts';
import { isObject } from '../../envelope/message.ts';

/** How the user service answered. */
export type ServiceAnswer =
  /** It did as asked. `body` is undefined when it sent none. */
  | { kind: 'ok'; body: Json | undefined }
  /** It will not do it; `reason` is its own word, if it gave one. */
  | { kind: 'refused'; status: number; reason: string | undefined }
  /** It could not be asked, or nothing useful came back; `problem` is a sentence for the model. */
  | { kind: 'unavailable'; problem: string };

/** The user service, as the tools see it. Its answers are values; only an aborted call throws. */
export interface UserService {
  get(id: number, context: RequestContext): Promise<ServiceAnswer>;
  search(criteria: JsonObject, context: RequestContext): Promise<ServiceAnswer>;
  add(user: JsonObject, context: RequestContext): Promise<ServiceAnswer>;
  update(id: number, changes: JsonObject, context: RequestContext): Promise<ServiceAnswer>;
  remove(id: number, context: RequestContext): Promise<ServiceAnswer>;
}

/**
 * Speaks to a user service over HTTP.
 *
 * @param baseUrl where it is; `/v1/users` is below it
 * @param timeoutMs how long one answer may take, in milliseconds
 */
export function createUserService(baseUrl: string, timeoutMs: number): UserService {
  const users = `${baseUrl.replace(/\/+$/, '')}/v1/users`;

  async function ask(method: string, url: string, context: RequestContext, body?: JsonObject): Promise<ServiceAnswer> {
    const timeout = AbortSignal.timeout(timeoutMs);
    try {
      const response = await fetch(url, {
        method,
        signal: AbortSignal.any([timeout, context.signal]),
        headers: { Accept: 'application/json', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return answerOf(response.status, await response.text());
    } catch (error) {
      context.signal.throwIfAborted();
      context.log({ event: 'user-service-failed', method, error: causeOf(error) });
      if (timeout.aborted)
        return unavailable(`The user service did not answer within ${timeoutMs} ms; try again later.`);
      return unavailable('The user service cannot be reached; try again later.');
    }
  }

  return {
    get: (id, context) => ask('GET', `${users}/${id}`, context),
    search: (criteria, context) => ask('GET', `${users}/search?${queryOf(criteria)}`, context),
    add: (user, context) => ask('POST', users, context, user),
    update: (id, changes, context) => ask('PUT', `${users}/${id}`, context, changes),
    remove: (id, context) => ask('DELETE', `${users}/${id}`, context),
  };
}

function answerOf(status: number, text: string): ServiceAnswer {
  const body = parseJson(text);
  if (status >= 400 && status < 500) return { kind: 'refused', status, reason: reasonOf(body) };
  if (status < 200 || status >= 300)
    return unavailable(`The user service failed with status ${status}; try again later.`);
  if (text !== '' && body === undefined) return unavailable('The user service answered something that is not JSON.');
  return { kind: 'ok', body };
}

/** The sentence in an error's body, under one of the names that services use for it, or the body itself if it is short. */
function reasonOf(body: Json | undefined): string | undefined {
  if (typeof body === 'string') return body;
  if (!isObject(body)) return undefined;
  const { detail, message, error } = body;
  const sentence = [detail, message, error].find((one) => typeof one === 'string');
  return sentence ?? JSON.stringify(detail ?? error ?? body).slice(0, 500);
}

function queryOf(criteria: JsonObject): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(criteria)) query.set(name, String(value));
  return query.toString();
}

function causeOf(error: unknown): string {
  return String(error instanceof Error && error.cause !== undefined ? error.cause : error);
}

function unavailable(problem: string): ServiceAnswer {
  return { kind: 'unavailable', problem };
}
