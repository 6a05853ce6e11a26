/** Shapes that recur in every topic, so that a definition states only what is its own. */

import Type, { type TProperties, type TRef, type TSchema, type TUnion } from 'typebox';

export const optionalString = Type.Optional(Type.String());
export const optionalBoolean = Type.Optional(Type.Boolean());
export const optionalNumber = Type.Optional(Type.Number());
export const optionalInteger = Type.Optional(Type.Integer());
export const strings = Type.Array(Type.String());
export const uri = Type.String({ format: 'uri' });
export const uriTemplate = Type.String({ format: 'uri-template' });
/** Bytes as base64 text. */
export const bytes = Type.String({ format: 'byte' });
/** A weight from 0, least, to 1, most. */
export const optionalWeight = Type.Optional(Type.Number({ minimum: 0, maximum: 1 }));

/** An object that maps any name to such a value. */
export const mapOf = <Value extends TSchema>(value: Value) => Type.Record(Type.String(), value);
export const anyObject = mapOf(Type.Unknown());

export const optionalRef = <Name extends string>(name: Name) => Type.Optional(Type.Ref(name));
export const listOf = <Name extends string>(name: Name) => Type.Array(Type.Ref(name));
export const optionalListOf = <Name extends string>(name: Name) => Type.Optional(listOf(name));

/** One of several definitions. */
export function anyOf<const Names extends readonly string[]>(
  ...names: Names
): TUnion<{ -readonly [Index in keyof Names]: TRef<Names[Index]> }>;
export function anyOf(...names: string[]): TUnion {
  return Type.Union(names.map((name) => Type.Ref(name)));
}

/** The member for metadata on a thing that is no message (content, a tool, a resource). */
export const withMeta = { _meta: optionalRef('MetaObject') };
/** The member for a name to show to people (2025-06-18). */
export const withTitle = { title: optionalString };
/** The member for images to show to people (2025-11-25). */
export const withIcons = { icons: optionalListOf('Icon') };

/** A request; its parameters are optional when the schema given is. */
export const request = <const Method extends string, Params extends TSchema>(method: Method, params: Params) =>
  Type.Object({ ...envelope, id: Type.Ref('RequestId'), method: Type.Literal(method), params });

/** A notification; its parameters are optional when the schema given is. */
export const notification = <const Method extends string, Params extends TSchema>(method: Method, params: Params) =>
  Type.Object({ ...envelope, method: Type.Literal(method), params });

/** The member that marks a JSON-RPC 2.0 message. */
export const envelope = { jsonrpc: Type.Literal('2.0') };

/** The parameters of a request. */
export const requestParams = <Members extends TProperties>(members: Members) =>
  Type.Object({ _meta: optionalRef('RequestMetaObject'), ...members });

/** The parameters of a notification. */
export const notificationParams = <Members extends TProperties>(members: Members) =>
  Type.Object({ _meta: optionalRef('NotificationMetaObject'), ...members });

/** The result of a request. */
export const result = <Members extends TProperties>(members: Members) =>
  Type.Object({ _meta: optionalRef('ResultMetaObject'), ...members });

/** The whole response that carries a result (2026-07-28 names each). */
export const responseWith = <Result extends TSchema>(member: Result) =>
  Type.Object({ ...envelope, id: Type.Ref('RequestId'), result: member });

/** The metadata that every request must carry (2026-07-28). */
export const mustHaveMeta = { _meta: Type.Ref('RequestMetaObject') };
/** The member that says what kind of result this is (2026-07-28). */
export const typedResult = { resultType: Type.Ref('ResultType') };
