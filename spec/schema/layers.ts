/**
 * How one base and what each revision changes become the definitions of one revision.
 *
 * A topic (tools, prompts, …) is an object with a layer per revision that touched it. A layer maps the name of a
 * definition to a TypeBox schema (new or redefined), to `alters(…)` (an object whose members changed), or to `removed`.
 * A new revision is a new layer in each topic it touches.
 */

import Type, { IsObject, type TObject, type TProperties, type TSchema } from 'typebox';
import { REVISIONS, type Revision } from '../revisions.ts';

/** The definitions of one revision, by name. */
export type Definitions = Record<string, TSchema>;

/** A change to an object definition: members that come or are stated anew, and members that go. */
export interface Alteration<Added extends TProperties, Dropped extends readonly string[]> {
  readonly alteration: { added: Added; dropped: Dropped };
}

/** An object definition gets these members, or states them anew, and loses those. */
export function alters<Added extends TProperties, const Dropped extends readonly string[]>(
  added: Added,
  ...dropped: Dropped
): Alteration<Added, Dropped> {
  return { alteration: { added, dropped } };
}

/** A definition is gone from this revision on. */
export const removed: { readonly isRemoved: true } = { isRemoved: true };

/** What one revision changes. */
export type Layer = Record<string, TSchema | Alteration<TProperties, readonly string[]> | typeof removed>;

/** The changes to one topic, by revision; a revision that changed nothing is left out. */
export type Topic = Partial<Record<Revision, Layer>>;

/** The definitions of a revision once every layer up to it has been applied, oldest first. */
export function definitionsOf(topics: readonly Topic[], revision: Revision): Definitions {
  const definitions: Definitions = {};
  for (const step of REVISIONS.slice(0, REVISIONS.indexOf(revision) + 1)) {
    for (const topic of topics) applyLayer(definitions, topic[step] ?? {}, step);
  }
  return definitions;
}

/**
 * Changes the definitions in place as one layer says.
 *
 * @throws TypeError when the layer alters what is not an object definition
 */
export function applyLayer(definitions: Definitions, layer: Layer, revision: Revision): void {
  for (const [name, change] of Object.entries(layer)) {
    if (change === removed) {
      delete definitions[name];
    } else if (isAlteration(change)) {
      definitions[name] = altered(definitions[name], change, `${name} (${revision})`);
    } else {
      definitions[name] = change;
    }
  }
}

function isAlteration(change: object): change is Alteration<TProperties, readonly string[]> {
  return 'alteration' in change;
}

function altered(
  before: TSchema | undefined,
  change: Alteration<TProperties, readonly string[]>,
  place: string,
): TObject {
  if (!IsObject(before)) throw new TypeError(`${place} alters a definition that is not an object`);
  const { added, dropped } = change.alteration;
  const kept = Object.entries(before.properties).filter(([name]) => !dropped.includes(name));
  return Type.Object({ ...Object.fromEntries(kept), ...added });
}

/** What a chain of layers defines, as the compiler sees it. */
export type Layered<Layers extends readonly unknown[], Before = object> = Layers extends readonly [
  infer First,
  ...infer Rest,
]
  ? Layered<Rest, ApplyLayer<Before, First>>
  : Before;

type ApplyLayer<Before, Changes> = {
  [Name in keyof Before | keyof Changes as Changed<Before, Changes, Name> extends never ? never : Name]: Changed<
    Before,
    Changes,
    Name
  >;
};

type Changed<Before, Changes, Name> = Name extends keyof Changes
  ? Changes[Name] extends typeof removed
    ? never
    : Changes[Name] extends Alteration<infer Added, infer Dropped>
      ? TObject<Members<Name extends keyof Before ? Before[Name] : never, Added, Dropped[number]>>
      : Changes[Name]
  : Name extends keyof Before
    ? Before[Name]
    : never;

type Members<Before, Added, Dropped> = Before extends { properties: infer Old }
  ? {
      [Name in Exclude<keyof Old, Dropped> | keyof Added]: Name extends keyof Added
        ? Added[Name]
        : Name extends keyof Old
          ? Old[Name]
          : never;
    }
  : Added;
