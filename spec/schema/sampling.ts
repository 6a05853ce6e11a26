import Type from 'typebox';
import { alters, type Topic } from './layers.ts';
import {
  anyObject,
  anyOf,
  listOf,
  optionalBoolean,
  optionalListOf,
  optionalRef,
  optionalString,
  optionalWeight,
  request,
  requestParams,
  result,
  strings,
  withMeta,
} from './shapes.ts';

/** One block of content or several (2025-11-25). */
const blocks = Type.Union([Type.Ref('SamplingMessageContentBlock'), listOf('SamplingMessageContentBlock')]);

/** Servers asking the client's model (page `client/sampling`). */
export const sampling = {
  '2024-11-05': {
    CreateMessageRequest: request('sampling/createMessage', Type.Ref('CreateMessageRequestParams')),
    CreateMessageRequestParams: requestParams({
      messages: listOf('SamplingMessage'),
      modelPreferences: optionalRef('ModelPreferences'),
      systemPrompt: optionalString,
      includeContext: Type.Optional(Type.Enum(['none', 'thisServer', 'allServers'])),
      temperature: Type.Optional(Type.Number()),
      maxTokens: Type.Integer(),
      stopSequences: Type.Optional(strings),
      metadata: optionalRef('JSONObject'),
    }),
    CreateMessageResult: result({
      role: Type.Ref('Role'),
      content: Type.Ref('SamplingMessageContentBlock'),
      model: Type.String(),
      stopReason: optionalString,
    }),
    SamplingMessage: Type.Object({ role: Type.Ref('Role'), content: Type.Ref('SamplingMessageContentBlock') }),
    SamplingMessageContentBlock: anyOf('TextContent', 'ImageContent'),
    ModelPreferences: Type.Object({
      hints: optionalListOf('ModelHint'),
      costPriority: optionalWeight,
      speedPriority: optionalWeight,
      intelligencePriority: optionalWeight,
    }),
    ModelHint: Type.Object({ name: optionalString }),
  },
  '2025-03-26': { SamplingMessageContentBlock: anyOf('TextContent', 'ImageContent', 'AudioContent') },
  '2025-11-25': {
    CreateMessageRequestParams: alters({
      tools: optionalListOf('Tool'),
      toolChoice: optionalRef('ToolChoice'),
      task: optionalRef('TaskMetadata'),
    }),
    CreateMessageResult: alters({ content: blocks }),
    SamplingMessage: alters({ content: blocks, ...withMeta }),
    SamplingMessageContentBlock: anyOf(
      'TextContent',
      'ImageContent',
      'AudioContent',
      'ToolUseContent',
      'ToolResultContent',
    ),
    ToolChoice: Type.Object({ mode: Type.Optional(Type.Enum(['auto', 'required', 'none'])) }),
    ToolUseContent: Type.Object({
      type: Type.Literal('tool_use'),
      id: Type.String(),
      name: Type.String(),
      input: anyObject,
      ...withMeta,
    }),
    ToolResultContent: Type.Object({
      type: Type.Literal('tool_result'),
      toolUseId: Type.String(),
      content: listOf('ContentBlock'),
      structuredContent: Type.Optional(anyObject),
      isError: optionalBoolean,
      ...withMeta,
    }),
  },
  // No message of its own any more: it travels inside an `InputRequiredResult`, its answer inside the retried request.
  '2026-07-28': {
    CreateMessageRequest: alters({}, 'jsonrpc', 'id'),
    CreateMessageRequestParams: alters({}, '_meta', 'task'),
    CreateMessageResult: alters(withMeta),
    ToolResultContent: alters({ structuredContent: Type.Optional(Type.Unknown()) }),
  },
} satisfies Topic;
