import Type from 'typebox';
import { cacheable } from './caching.ts';
import { retry } from './input-required.ts';
import { alters, removed, type Topic } from './layers.ts';
import { nextPage } from './pagination.ts';
import {
  anyObject,
  anyOf,
  listOf,
  mapOf,
  mustHaveMeta,
  notification,
  optionalBoolean,
  optionalRef,
  optionalString,
  request,
  requestParams,
  responseWith,
  result,
  strings,
  typedResult,
  withIcons,
  withMeta,
  withTitle,
} from './shapes.ts';

/** As much of JSON Schema as the message schema looks at: up to 2025-11-25 an object with its properties. */
const objectSchema = {
  type: Type.Literal('object'),
  properties: Type.Optional(mapOf(Type.Ref('JSONObject'))),
  required: Type.Optional(strings),
};
const dialect = { $schema: optionalString };

/** Tools: what a server offers a model to call (page `server/tools`). */
export const tools = {
  '2024-11-05': {
    Tool: Type.Object({ name: Type.String(), description: optionalString, inputSchema: Type.Object(objectSchema) }),
    ListToolsRequest: request('tools/list', optionalRef('PaginatedRequestParams')),
    ListToolsResult: result({ ...nextPage, tools: listOf('Tool') }),
    CallToolRequest: request('tools/call', Type.Ref('CallToolRequestParams')),
    CallToolRequestParams: requestParams({ name: Type.String(), arguments: Type.Optional(anyObject) }),
    CallToolResult: result({ content: listOf('ContentBlock'), isError: optionalBoolean }),
    ToolListChangedNotification: notification('notifications/tools/list_changed', optionalRef('NotificationParams')),
  },
  '2025-03-26': {
    Tool: alters({ annotations: optionalRef('ToolAnnotations') }),
    ToolAnnotations: Type.Object({
      ...withTitle,
      readOnlyHint: optionalBoolean,
      destructiveHint: optionalBoolean,
      idempotentHint: optionalBoolean,
      openWorldHint: optionalBoolean,
    }),
  },
  '2025-06-18': {
    Tool: alters({ ...withTitle, ...withMeta, outputSchema: Type.Optional(Type.Object(objectSchema)) }),
    CallToolResult: alters({ structuredContent: Type.Optional(anyObject) }),
  },
  '2025-11-25': {
    Tool: alters({
      ...withIcons,
      inputSchema: Type.Object({ ...dialect, ...objectSchema }),
      outputSchema: Type.Optional(Type.Object({ ...dialect, ...objectSchema })),
      execution: optionalRef('ToolExecution'),
    }),
    ToolExecution: Type.Object({ taskSupport: Type.Optional(Type.Enum(['forbidden', 'optional', 'required'])) }),
    CallToolRequestParams: alters({ task: optionalRef('TaskMetadata') }),
  },
  '2026-07-28': {
    Tool: alters(
      {
        inputSchema: Type.Object({ ...dialect, type: Type.Literal('object') }),
        outputSchema: Type.Optional(Type.Object(dialect)),
      },
      'execution',
    ),
    ToolExecution: removed,
    ListToolsRequest: alters({ params: Type.Ref('PaginatedRequestParams') }),
    ListToolsResult: alters(cacheable),
    ListToolsResultResponse: responseWith(Type.Ref('ListToolsResult')),
    CallToolRequestParams: alters({ ...mustHaveMeta, ...retry }, 'task'),
    CallToolResult: alters({ ...typedResult, structuredContent: Type.Optional(Type.Unknown()) }),
    CallToolResultResponse: responseWith(anyOf('InputRequiredResult', 'CallToolResult')),
  },
} satisfies Topic;
