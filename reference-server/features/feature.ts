import type { JsonObject } from '../../spec/messages.ts';
import type { Handler } from '../dispatch/context.ts';

/**
 * One part of what a server offers: the capability it declares and the methods behind it. A server is a list of these, so
 * that a capability cannot be declared without its methods, nor the reverse.
 */
export interface Feature {
  /** The name of the capability in the result of `initialize`. */
  readonly capability: string;
  /** What the capability promises, `{}` for nothing beyond the methods. */
  readonly promises: JsonObject;
  readonly methods: Readonly<Record<string, Handler>>;
}

/** The capabilities to declare for a list of features. */
export function capabilitiesOf(features: readonly Feature[]): JsonObject {
  return Object.fromEntries(features.map(({ capability, promises }) => [capability, promises]));
}
