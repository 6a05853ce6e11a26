import Type, { type TProperties } from 'typebox';
import { removed, type Topic } from './layers.ts';
import { envelope, optionalRef, strings } from './shapes.ts';

/** An error object with one standard code. */
const standardError = <const Code extends number>(code: Code) =>
  Type.Object({ code: Type.Literal(code), message: Type.String(), data: Type.Optional(Type.Unknown()) });

/** An error response with one code of MCP's own, and what its error object must carry besides. */
const errorResponse = <const Code extends number, Members extends TProperties>(code: Code, members: Members) =>
  Type.Object({
    ...envelope,
    id: optionalRef('RequestId'),
    error: Type.Intersect([Type.Ref('Error'), Type.Object({ code: Type.Literal(code), ...members })]),
  });

/** Errors that have a definition of their own (page `basic`). */
export const errors = {
  '2025-11-25': {
    URLElicitationRequiredError: errorResponse(-32042, {
      data: Type.Object({ elicitations: Type.Array(Type.Ref('ElicitRequestURLParams')) }),
    }),
  },
  '2026-07-28': {
    URLElicitationRequiredError: removed,
    ParseError: standardError(-32700),
    InvalidRequestError: standardError(-32600),
    MethodNotFoundError: standardError(-32601),
    InvalidParamsError: standardError(-32602),
    InternalError: standardError(-32603),
    HeaderMismatchError: errorResponse(-32020, {}),
    MissingRequiredClientCapabilityError: errorResponse(-32021, {
      data: Type.Object({ requiredCapabilities: Type.Ref('ClientCapabilities') }),
    }),
    UnsupportedProtocolVersionError: errorResponse(-32022, {
      data: Type.Object({ requested: Type.String(), supported: strings }),
    }),
  },
} satisfies Topic;
