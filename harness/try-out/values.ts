import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';

/**
 * Values that a target itself gave, by the name they had: what it lists, completes and returns is what its tools, prompts
 * and templates take.
 */
export class GivenValues {
  readonly #byName = new Map<string, Json[]>();

  /** Notes a value under a name. */
  add(name: string, value: Json): void {
    const key = plain(name);
    const values = this.#byName.get(key) ?? [];
    if (values.length < MOST_VALUES && !values.includes(value)) values.push(value);
    this.#byName.set(key, values);
  }

  /** Notes every member of a value that is a text or a number, however deep; texts that are JSON are read too. */
  addAll(value: Json | undefined, depth = 0): void {
    if (depth > 6 || value === undefined) return;
    if (typeof value === 'string') {
      if (/^\s*[{[]/.test(value) && value.length < 100_000) this.addAll(parsed(value), depth + 1);
    } else if (Array.isArray(value)) for (const item of value.slice(0, 20)) this.addAll(item, depth + 1);
    else if (isObject(value)) {
      for (const [name, member] of Object.entries(value)) {
        if (typeof member === 'number' || (typeof member === 'string' && member.length < 200)) this.add(name, member);
        this.addAll(member, depth + 1);
      }
    }
  }

  /** Notes all that others have noted. */
  addFrom(others: GivenValues): void {
    for (const [name, values] of others.#byName) for (const value of values) this.add(name, value);
  }

  /** What is known under a name, or under one that ends like it (`id` for `order_id`, and the other way round). */
  get(name: string): readonly Json[] {
    const key = plain(name);
    const exact = this.#byName.get(key);
    if (exact) return exact;
    if (key.length < 2) return [];
    for (const [other, values] of this.#byName) {
      if (other.length > 1 && (other.endsWith(key) || key.endsWith(other))) return values;
    }
    return [];
  }
}

const MOST_VALUES = 5;

/** A name as far as spellings do not matter: `orderId` is `order_id`. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function parsed(text: string): JsonObject | Json[] | undefined {
  try {
    const value: Json = JSON.parse(text);
    return isObject(value) || Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
