import type { Json } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';
import { meddled } from './meddled.ts';

/** A placeholder that has no value: the case speaks of something that was not seen. */
export class UnknownPlaceholder extends Error {
  override readonly name = 'UnknownPlaceholder';
  /** What stands between the braces. */
  readonly placeholder: string;

  constructor(placeholder: string) {
    super(`nothing is known as \${${placeholder}}`);
    this.placeholder = placeholder;
  }
}

/** Finds the value of a path such as `first.result.tools`; undefined when there is none. */
export type Lookup = (path: string) => Json | undefined;

const MOST_FILLER = 16 * 1024 * 1024;
/** Far deeper, and nothing here could write it any more. */
const DEEPEST = 1000;

/** What is made to measure. */
const MADE: { readonly [name: string]: (size: number) => Json } = {
  filler: (length) => 'x'.repeat(Math.min(length, MOST_FILLER)),
  nested: (depth) => nested(Math.min(depth, DEEPEST)),
};

/**
 * A lookup in nested objects, first member first. `#0` stands for the name of an object's first member, `#1` for the next;
 * `filler.N` is a text of N characters that says nothing, `nested.N` an object within an object, N deep; `meddled.` before a
 * path the text there with the mark that was put into it exchanged, `count.` before one the number of items there.
 *
 * @param otherwise where to look for what is not among the values
 */
export function lookupIn(values: { readonly [name: string]: Json | undefined }, otherwise?: Lookup): Lookup {
  return (path) => {
    const [first = '', ...rest] = path.split('.');
    const made = Object.hasOwn(MADE, first) ? MADE[first] : undefined;
    if (made) return made(Number(rest[0]) || 0);
    if (first === 'meddled') {
      const text = lookupIn(values, otherwise)(rest.join('.'));
      return typeof text === 'string' ? meddled(text) : undefined;
    }
    if (first === 'count') {
      const list = lookupIn(values, otherwise)(rest.join('.'));
      return Array.isArray(list) ? list.length : undefined;
    }
    if (otherwise && !Object.hasOwn(values, first)) return otherwise(path);
    return follow(Object.hasOwn(values, first) ? values[first] : undefined, rest);
  };
}

function follow(start: Json | undefined, path: readonly string[]): Json | undefined {
  let value = start;
  for (const part of path) {
    if (Array.isArray(value)) value = value[Number(part)];
    else if (isObject(value) && Object.hasOwn(value, part)) value = value[part];
    else if (isObject(value) && /^#\d+$/.test(part)) value = Object.keys(value)[Number(part.slice(1))];
    else return undefined;
  }
  return value;
}

function nested(depth: number): Json {
  let value: Json = {};
  for (let level = 1; level < depth; level += 1) value = { in: value };
  return value;
}

/**
 * A value with every `${path}` in its strings replaced; a string that is one placeholder and nothing else becomes the
 * value itself, with its type.
 *
 * @throws UnknownPlaceholder when a path has no value
 */
export function fill<T extends Json>(value: T, lookup: Lookup): T;
export function fill(value: Json, lookup: Lookup): Json {
  if (typeof value === 'string') return fillText(value, lookup);
  if (Array.isArray(value)) return value.map((item) => fill(item, lookup));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(fillText(key, lookup)), fill(item, lookup)]),
  );
}

/** A value with the placeholders replaced that are known; the others stay as they stand. */
export function fillKnown<T>(value: T, known: { readonly [name: string]: Json }): T;
export function fillKnown(value: Json, known: { readonly [name: string]: Json }): Json {
  const lookup = lookupIn(known);
  return fill(value, (path) => (Object.hasOwn(known, path.split('.')[0] ?? '') ? lookup(path) : `\${${path}}`));
}

/** The members of an example, with what they say of the run filled in; what is not known stays as it stands. */
export function filledExample(
  example: { readonly [name: string]: Json },
  variables: { readonly [name: string]: Json | undefined },
): { readonly [name: string]: Json } {
  const lookup = lookupIn(variables);
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => {
      try {
        return [name, fill(value, lookup)];
      } catch (error) {
        if (error instanceof UnknownPlaceholder) return [name, value];
        throw error;
      }
    }),
  );
}

function fillText(text: string, lookup: Lookup): Json {
  const find = (path: string): Json => {
    const value = lookup(path);
    if (value === undefined) throw new UnknownPlaceholder(path);
    return value;
  };
  const whole = /^\$\{([^}]+)\}$/.exec(text)?.[1];
  if (whole !== undefined) return find(whole);
  return text.replaceAll(/\$\{([^}]+)\}/g, (_, path: string) => {
    const value = find(path);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
