import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../../spec/messages.ts';
import type { Handler, RequestContext } from '../dispatch/context.ts';
import type { Steps } from '../steps.ts';
import { requireValid, validatorOf } from '../validation.ts';
import { pageOf } from './pagination.ts';

/** A list that clients page through. */
export interface Listing<Item> {
  /** The method that shows it, and the member of the result that holds a page. */
  method: string;
  member: string;
  pageSize: number;
  paging: Steps['paging'];
  items: (context: RequestContext) => readonly Item[] | Promise<readonly Item[]>;
  describe: (item: Item, context: RequestContext) => JsonObject;
}

const validateList = validatorOf({ type: 'object', properties: { cursor: { type: 'string' } } }, 'params');

/** The handler of a method that shows a list page by page (server/utilities/pagination). */
export function listHandler<Item extends { name: string }>(listing: Listing<Item>): Handler {
  const { method, member, pageSize, paging, items, describe } = listing;
  const key = randomBytes(32);
  return async (params, context) => {
    requireValid(validateList, params);
    const cursor = typeof params.cursor === 'string' ? params.cursor : undefined;
    const page = pageOf(await items(context), { list: method, key, size: pageSize, cursor }, paging);
    const described = page.items.map((item) => describe(item, context));
    return page.nextCursor === undefined
      ? { [member]: described }
      : { [member]: described, nextCursor: page.nextCursor };
  };
}
