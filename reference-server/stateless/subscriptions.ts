import type { Json, JsonObject, JsonRpcNotification, RequestId } from '../../spec/messages.ts';
import type { Change, changeNotification, ListKind } from '../audience/audience.ts';
import { isObject } from '../envelope/message.ts';
import type { Revision } from '../revisions.ts';
import type { detailExtensionTask } from '../tasks/describe.ts';
import type { Task } from '../tasks/task.ts';
import { META } from './meta.ts';

/** What a subscription wants to hear of (2026-07-28, schema, `SubscriptionFilter`; ext-tasks, "Task Status Notifications"). */
export type SubscriptionFilter = {
  toolsListChanged?: true;
  promptsListChanged?: true;
  resourcesListChanged?: true;
  resourceSubscriptions?: string[];
  taskIds?: string[];
};

/** One open `subscriptions/listen`. */
export interface Subscription {
  readonly id: RequestId;
  readonly revision: Revision;
  readonly filter: SubscriptionFilter;
  send(message: JsonRpcNotification): void;
}

const LISTS: Readonly<Record<ListKind, 'toolsListChanged' | 'promptsListChanged' | 'resourcesListChanged'>> = {
  tools: 'toolsListChanged',
  prompts: 'promptsListChanged',
  resources: 'resourcesListChanged',
};

/** The part of a filter that the server honours: what it was asked for, as far as it exists ("Acknowledgment"). */
export function agreedFilter(
  asked: JsonObject,
  exists: { resource: (uri: string) => boolean; task: (id: string) => boolean },
): SubscriptionFilter {
  const uris = textsIn(asked.resourceSubscriptions)?.filter(exists.resource);
  const tasks = textsIn(asked.taskIds)?.filter(exists.task);
  return {
    ...(asked.toolsListChanged === true ? { toolsListChanged: true } : {}),
    ...(asked.promptsListChanged === true ? { promptsListChanged: true } : {}),
    ...(asked.resourcesListChanged === true ? { resourcesListChanged: true } : {}),
    ...(uris === undefined ? {} : { resourceSubscriptions: uris }),
    ...(tasks === undefined ? {} : { taskIds: tasks }),
  };
}

/** Whether a subscription wants to hear of a change. */
export function wantsChange({ filter }: Subscription, change: Change): boolean {
  return change.kind === 'list'
    ? filter[LISTS[change.list]] === true
    : (filter.resourceSubscriptions ?? []).includes(change.uri);
}

/** A message with the id of the subscription it is sent for ("Receiving Notifications"). */
export function tagged(message: JsonRpcNotification, id: RequestId): JsonRpcNotification {
  const meta = isObject(message.params?._meta) ? message.params._meta : {};
  return { ...message, params: { ...message.params, _meta: { ...meta, [META.subscriptionId]: id } } };
}

/** The first message of a subscription: what it will hear of. */
export function acknowledged(filter: SubscriptionFilter): JsonRpcNotification {
  return {
    jsonrpc: '2.0',
    method: 'notifications/subscriptions/acknowledged',
    params: { notifications: { ...filter } },
  };
}

/** The result of a subscription that the server ends ("Graceful Closure"). */
export function subscriptionEnded(id: RequestId): JsonObject {
  return { _meta: { [META.subscriptionId]: id } };
}

/**
 * Says on a shared channel that the server ends a subscription, ahead of the result that says the same (2026-07-28,
 * basic/patterns/cancellation, demands this one; basic/patterns/subscriptions advises the other).
 */
export function cancelledByServer(id: RequestId): JsonRpcNotification {
  const reason = 'The server is shutting down.';
  return { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: id, reason } };
}

/** The steps that subscriptions are made of. */
export interface SubscriptionSteps {
  wantsChange: typeof wantsChange;
  tagged: typeof tagged;
  acknowledged: typeof acknowledged;
  changeNotification: typeof changeNotification;
  detailExtension: typeof detailExtensionTask;
}

/** All open subscriptions. Each of several hears for itself, even if one client has them all. */
export class Subscriptions {
  readonly #open = new Set<Subscription>();
  readonly #steps: SubscriptionSteps;

  constructor(steps: SubscriptionSteps) {
    this.#steps = steps;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Opens one: acknowledges it, and only then lets it hear. Gives back what closes it. */
  open(subscription: Subscription): () => void {
    const { tagged, acknowledged } = this.#steps;
    subscription.send(tagged(acknowledged(subscription.filter), subscription.id));
    this.#open.add(subscription);
    return () => void this.#open.delete(subscription);
  }

  announce(change: Change): void {
    for (const subscription of this.#open) {
      if (!this.#steps.wantsChange(subscription, change)) continue;
      subscription.send(this.#steps.tagged(this.#steps.changeNotification(change), subscription.id));
    }
  }

  announceTask(task: Task): void {
    for (const subscription of this.#open) {
      if (!(subscription.filter.taskIds ?? []).includes(task.id)) continue;
      const params = this.#steps.detailExtension(task, subscription.revision);
      subscription.send(this.#steps.tagged({ jsonrpc: '2.0', method: 'notifications/tasks', params }, subscription.id));
    }
  }
}

function textsIn(value: Json | undefined): string[] | undefined {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : undefined;
}
