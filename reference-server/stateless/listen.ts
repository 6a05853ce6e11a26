import type { JsonObject, JsonRpcRequest } from '../../spec/messages.ts';
import { declares } from '../client/capabilities.ts';
import type { Handler, Outlet, RequestContext } from '../dispatch/context.ts';
import { ErrorCode, ProtocolError } from '../envelope/error.ts';
import { isObject } from '../envelope/message.ts';
import type { Catalogue } from '../resources/catalogue.ts';
import type { Steps } from '../steps.ts';
import { TASKS_EXTENSION } from '../tasks/run-call.ts';
import { requireValid, validatorOf } from '../validation.ts';
import type { Subscriptions } from './subscriptions.ts';

/** What the handler needs. */
export interface Listening {
  subscriptions: Subscriptions;
  catalogue: Catalogue;
  /** So many subscriptions can be open at once. */
  most: number;
  steps: Pick<Steps, 'subscriptions'>;
}

const flag = { type: 'boolean' };
const texts = { type: 'array', items: { type: 'string' }, maxItems: 1000 };

const validateListen = validatorOf(
  {
    type: 'object',
    required: ['notifications'],
    properties: {
      notifications: {
        type: 'object',
        properties: {
          toolsListChanged: flag,
          promptsListChanged: flag,
          resourcesListChanged: flag,
          resourceSubscriptions: texts,
          taskIds: texts,
        },
      },
    },
  },
  'params',
);

/**
 * Answers one `subscriptions/listen`: acknowledges it, and then keeps it open until the client or the server has had enough
 * (2026-07-28, basic/patterns/subscriptions).
 */
export function listenHandler({ id }: JsonRpcRequest, outlet: Outlet, listening: Listening): Handler {
  const { subscriptions, catalogue, most, steps } = listening;
  return async (params, context) => {
    requireValid(validateListen, params);
    const asked: JsonObject = isObject(params.notifications) ? params.notifications : {};
    if (asked.taskIds !== undefined) requireTasks(context);
    if (subscriptions.size >= most) {
      throw new ProtocolError(ErrorCode.internalError, 'There are too many subscriptions; try again later.');
    }
    const existing = await existingAmong(asked.resourceSubscriptions, catalogue, context);
    context.signal.throwIfAborted();
    const filter = steps.subscriptions.agreedFilter(asked, {
      resource: (uri) => existing.has(uri),
      task: (taskId) => context.tasks.get(taskId) !== undefined,
    });
    const { revision } = context;
    const close = subscriptions.open({ id, revision, filter, send: (message) => outlet.send(message) });
    await new Promise<void>((resolve) => {
      context.signal.addEventListener('abort', () => {
        // At once: the very next message must not find it open.
        close();
        resolve();
      });
    });
    return {};
  };
}

async function existingAmong(
  uris: JsonObject[string] | undefined,
  catalogue: Catalogue,
  context: RequestContext,
): Promise<Set<string>> {
  const given = Array.isArray(uris) ? uris.map(String) : [];
  const found = await Promise.all(given.map(async (uri) => ((await catalogue.has(uri, context)) ? [uri] : [])));
  return new Set(found.flat());
}

function requireTasks({ client }: RequestContext): void {
  const requiredCapabilities = { extensions: { [TASKS_EXTENSION]: {} } };
  if (declares(client.capabilities, requiredCapabilities)) return;
  throw new ProtocolError(ErrorCode.missingClientCapability, 'Only clients that declare tasks can listen for them.', {
    requiredCapabilities,
  });
}
