import type { Json, JsonObject } from '../../spec/messages.ts';
import { type Lookup, UnknownPlaceholder } from '../case/placeholders.ts';
import type { Exchange } from '../trace/exchange.ts';
import { mismatch } from './seen.ts';

/** Every message that a client got, on whatever stream it came. */
export function heardBy(client: string, exchanges: readonly Exchange[]): Json[] {
  return exchanges
    .filter((exchange) => exchange.client === client)
    .flatMap(({ payload }) => payload.messages.map(({ value }) => value));
}

/**
 * The first message that a client got, by the clock, that fits a schema; undefined when none does, or when the schema speaks
 * of something that was not seen.
 */
export function firstHeard(
  client: string,
  schema: JsonObject,
  exchanges: readonly Exchange[],
  lookup: Lookup,
): Json | undefined {
  const fits = (value: Json) => mismatch({ heard: schema }, { heard: value }, lookup) === null;
  try {
    return inTime(client, exchanges).find(fits);
  } catch (error) {
    if (error instanceof UnknownPlaceholder) return undefined;
    throw error;
  }
}

function inTime(client: string, exchanges: readonly Exchange[]): Json[] {
  return exchanges
    .filter((exchange) => exchange.client === client)
    .flatMap(({ payload }) => payload.messages)
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
