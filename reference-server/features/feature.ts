import type { JsonObject } from '../../spec/messages.ts';
import type { Handler } from '../dispatch/context.ts';
import type { Methods } from '../dispatch/dispatch.ts';
import type { Revision } from '../revisions.ts';

/**
 * One part of what a server offers: the capability it declares and the methods behind it. A server is a list of these, so
 * that a capability cannot be declared without its methods, nor the reverse.
 */
export interface Feature {
  /** What it adds to the capabilities that are declared, with the members that the revision knows; `{}` for nothing. */
  capabilities(revision: Revision): JsonObject;
  /** The methods it answers in a revision. */
  methods(revision: Revision): Readonly<Record<string, Handler>>;
}

/** The capabilities to declare for a list of features. */
export function capabilitiesOf(features: readonly Feature[], revision: Revision): JsonObject {
  return Object.assign({}, ...features.map((feature) => feature.capabilities(revision)));
}

/** The methods of a list of features. */
export function methodsOf(features: readonly Feature[], revision: Revision): Methods {
  return new Map(features.flatMap((feature) => Object.entries(feature.methods(revision))));
}
