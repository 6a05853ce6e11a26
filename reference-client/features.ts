/** The features a client uses of a server. */
import type { Json, JsonObject } from '../spec/messages.ts';
import type { Link } from './link.ts';
import { isObject } from './reading.ts';
import type { RequestOptions } from './requesting.ts';
import { badMessage, fail, type Outcome, succeed } from './results.ts';
import type { Session } from './session.ts';

/** A server that never ends its list is not asked for ever. */
const MAX_PAGES = 1000;

/** Whether the server declared a capability. Source: basic/lifecycle#operation. */
export function isOffered(capability: string, session: Session): boolean {
  return isObject(session.server?.capabilities[capability]);
}

/**
 * The cursor of the page that follows; undefined on the last page. A cursor is opaque: whether there is one counts,
 * never what it says. The empty string is one (2026-07-28 says so; the earlier revisions do not make it an exception),
 * and so is one that came before, which is why an endless list is told by the number of its pages.
 *
 * Source: server/utilities/pagination#implementation-guidelines.
 */
export function nextCursor(page: JsonObject): Outcome<string | undefined> {
  const { nextCursor: cursor } = page;
  if (cursor === undefined || cursor === null) return succeed(undefined);
  return typeof cursor === 'string'
    ? succeed(cursor)
    : badMessage('nextCursor is not a string', JSON.stringify(cursor));
}

/**
 * All tools of the server, page after page.
 *
 * A cursor is worth nothing in another session: when the session is lost in the middle, the list is read again from its
 * beginning, once.
 */
export async function listTools(link: Link, options: RequestOptions): Promise<Outcome<JsonObject[]>> {
  return readTools(link, options, true);
}

async function readTools(link: Link, options: RequestOptions, mayRestart: boolean): Promise<Outcome<JsonObject[]>> {
  if (link.session && !link.conduct.isOffered('tools', link.session)) {
    return fail({ kind: 'not-offered', capability: 'tools' });
  }
  const tools: JsonObject[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < MAX_PAGES; pages += 1) {
    const params = cursor === undefined ? undefined : { cursor };
    const page = await link.request('tools/list', params, { ...options, resend: cursor === undefined });
    if (!page.ok) {
      const lostMidway = page.failure.kind === 'session-lost' && cursor !== undefined;
      return lostMidway && mayRestart ? readTools(link, options, false) : page;
    }
    if (!isListOfObjects(page.value.tools)) {
      return badMessage('the result of tools/list has no list of tools', JSON.stringify(page.value));
    }
    tools.push(...page.value.tools);
    const next = link.conduct.nextCursor(page.value);
    if (!next.ok) return next;
    if (next.value === undefined) return succeed(tools);
    cursor = next.value;
  }
  return fail({ kind: 'endless-list', pages: MAX_PAGES });
}

/**
 * Calls a tool.
 *
 * @param args left out of the request when undefined
 * @returns the tool's result; a tool that reports its own failure (`isError`) has a result all the same
 */
export async function callTool(
  link: Link,
  name: string,
  args: JsonObject | undefined,
  options: RequestOptions,
): Promise<Outcome<JsonObject>> {
  if (link.session && !link.conduct.isOffered('tools', link.session)) {
    return fail({ kind: 'not-offered', capability: 'tools' });
  }
  const called = await link.request('tools/call', { name, ...(args && { arguments: args }) }, options);
  if (called.ok && !isListOfObjects(called.value.content)) {
    return badMessage('the result of tools/call has no list of content', JSON.stringify(called.value));
  }
  return called;
}

/** Asks the server for a sign of life. Source: basic/utilities/ping. */
export async function ping(link: Link, options: RequestOptions): Promise<Outcome<void>> {
  const answered = await link.request('ping', undefined, options);
  return answered.ok ? succeed(undefined) : answered;
}

function isListOfObjects(value: Json | undefined): value is JsonObject[] {
  return Array.isArray(value) && value.every((item) => isObject(item));
}
