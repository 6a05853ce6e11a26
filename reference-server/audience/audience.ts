import type { JsonRpcNotification } from '../../spec/messages.ts';

/** The lists that can change. */
export type ListKind = 'tools' | 'prompts' | 'resources';

/** What was changed. */
export type Change = { kind: 'list'; list: ListKind } | { kind: 'resource'; uri: string };

/**
 * Those who see the same lists and the same resources, and so hear of the same changes: the one client of a session in the
 * stateful revisions, so that no client disturbs another; everybody in the stateless ones, which let nothing depend on who
 * asks over which connection (2026-07-28, server/tools, "Capabilities").
 */
export interface Audience {
  /** Whether the one item of a list that comes and goes is there. */
  hasExtra(list: ListKind): boolean;
  /** Lets that item come or go, and says so. */
  setExtra(list: ListKind, present: boolean): void;
  /** How often a resource has been updated. */
  updatesOf(uri: string): number;
  /** Updates a resource, and says so. */
  update(uri: string): void;
}

/** More resources than this are not counted any more; the one updated first is forgotten. */
const MOST_COUNTED = 1000;

/** Makes an audience. `announce` is told of each change once it has been made. */
export function createAudience(announce: (change: Change) => void): Audience {
  const extras = new Set<ListKind>();
  const updates = new Map<string, number>();
  return {
    hasExtra: (list) => extras.has(list),
    setExtra(list, present) {
      if (extras.has(list) === present) return;
      if (present) extras.add(list);
      else extras.delete(list);
      announce({ kind: 'list', list });
    },
    updatesOf: (uri) => updates.get(uri) ?? 0,
    update(uri) {
      updates.set(uri, (updates.get(uri) ?? 0) + 1);
      const [oldest] = updates.keys();
      if (updates.size > MOST_COUNTED && oldest !== undefined) updates.delete(oldest);
      announce({ kind: 'resource', uri });
    },
  };
}

/** The notification that tells of a change (server/tools, server/prompts, server/resources). */
export function changeNotification(change: Change): JsonRpcNotification {
  return change.kind === 'list'
    ? { jsonrpc: '2.0', method: `notifications/${change.list}/list_changed` }
    : { jsonrpc: '2.0', method: 'notifications/resources/updated', params: { uri: change.uri } };
}
