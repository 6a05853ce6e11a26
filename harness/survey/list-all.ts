import type { Json, JsonObject } from '../../spec/messages.ts';
import { observe } from '../judge/observation.ts';
import type { Exchange } from '../trace/exchange.ts';
import { isObject } from '../wire/json-rpc.ts';

/** Sends a request and gives the exchange that it made. */
export type Ask = (method: string, params: JsonObject | null, step: number) => Promise<Exchange | undefined>;

/** A server whose list never ends is not followed for ever. */
const MOST_PAGES = 50;

/** All tools or prompts of the server, page by page, as far as they are objects. */
export async function listAll(ask: Ask, what: 'tools' | 'prompts'): Promise<JsonObject[]> {
  const items: JsonObject[] = [];
  let cursor: Json | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const exchange = await ask(`${what}/list`, cursor === undefined ? null : { cursor }, page);
    const result = exchange ? observe(exchange).result : undefined;
    if (!isObject(result)) break;
    const listed = result[what];
    if (Array.isArray(listed)) items.push(...listed.filter(isObject));
    cursor = result.nextCursor;
    if (typeof cursor !== 'string' || cursor === '') break;
  }
  return items;
}
