import Type from 'typebox';
import type { Json } from '../messages.ts';
import { alters, type Topic } from './layers.ts';
import { mapOf, strings } from './shapes.ts';

const answers = [Type.String(), Type.Number(), Type.Boolean()] as const;
const idOrNull = Type.Union([Type.Ref('RequestId'), Type.Null()]);

/**
 * Where messages are judged more generously than the official JSON Schema has it, because it contradicts what it is made
 * from, so that no peer is blamed for the contradiction:
 *
 * - An answer to a form is a TypeScript `number` and the page asks for `number` fields, but the JSON Schema takes integers
 *   only; likewise `JSONValue`, which also forgets null.
 * - JSON-RPC 2.0, which every revision says messages must follow, wants an error whose request could not be read to have
 *   the id null; the schemas know no null.
 */
export const readings = {
  '2024-11-05': { JSONRPCError: alters({ id: idOrNull }) },
  '2025-06-18': { ElicitResult: alters({ content: Type.Optional(mapOf(Type.Union([...answers]))) }) },
  '2025-11-25': {
    JSONRPCErrorResponse: alters({ id: Type.Optional(idOrNull) }),
    ElicitResult: alters({ content: Type.Optional(mapOf(Type.Union([...answers, strings]))) }),
  },
  '2026-07-28': { JSONValue: Type.Unsafe<Json>(Type.Unknown()) },
} satisfies Topic;
