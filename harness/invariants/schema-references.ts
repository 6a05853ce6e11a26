import type { Json, JsonObject } from '../../spec/messages.ts';
import { isObject } from '../wire/json-rpc.ts';

/** Keywords whose values are data, not schemas. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples']);

/** A `$ref` to a place in the same schema where nothing is, or null. What has an id of its own is not followed. */
export function danglingReference(schema: JsonObject): string | null {
  return isPlain(schema) ? search(schema, schema, 0) : null;
}

/** Whether all that a pointer means is in the schema: an `$id` further down would change what it is relative to. */
function isPlain(value: Json, depth = 0): boolean {
  if (depth > 50) return false;
  if (Array.isArray(value)) return value.every((item) => isPlain(item, depth + 1));
  if (!isObject(value)) return true;
  return (depth === 0 || value.$id === undefined) && Object.values(value).every((member) => isPlain(member, depth + 1));
}

function search(value: Json, root: JsonObject, depth: number): string | null {
  if (Array.isArray(value)) return firstIn(value, root, depth);
  if (!isObject(value) || depth > 50) return null;
  if (typeof value.$ref === 'string' && value.$ref.startsWith('#/') && !resolves(value.$ref, root)) return value.$ref;
  return firstIn(
    Object.entries(value).flatMap(([key, member]) => (DATA.has(key) ? [] : [member])),
    root,
    depth,
  );
}

function firstIn(values: readonly Json[], root: JsonObject, depth: number): string | null {
  for (const value of values) {
    const found = search(value, root, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function resolves(reference: string, root: JsonObject): boolean {
  let value: Json | undefined = root;
  for (const part of reference.slice(2).split('/')) {
    const name = decoded(part).replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(value)) value = value[Number(name)];
    else value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
  }
  return value !== undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
