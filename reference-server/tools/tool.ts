import type { Json, JsonObject } from '../../spec/messages.ts';
import { type ContentBlock, contentFor, structuredFor, text as textBlock } from '../content/content.ts';
import type { RequestContext } from '../dispatch/context.ts';
import { isObject } from '../envelope/message.ts';
import { factsOf, type Revision } from '../revisions.ts';
import { type Validator, validatorOf } from '../validation.ts';

/** Hints about what a tool does to the world (2025-03-26, schema, `ToolAnnotations`). All are always sent. */
export interface ToolHints {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** The hints of a tool that changes nothing, and of the same call has the same effect: none. */
export const changesNothing: ToolHints = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
};

/** What `tools/call` answers (schema, `CallToolResult`): content for the model, `isError` when the tool could not do it. */
export type ToolResult = {
  content: ContentBlock[];
  structuredContent?: Json;
  isError?: true;
};

/** A tool, as its author writes it. */
export interface Tool {
  /** 1 to 128 of the characters A-Z, a-z, 0-9, `_`, `-` and `.` ("Tool Names"). */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** A JSON Schema of an object, in the vocabulary that draft-07 and 2020-12 share. */
  readonly inputSchema: JsonObject;
  /** What its structured content looks like, if it gives any: a JSON Schema of an object. */
  readonly outputSchema?: JsonObject;
  readonly hints: ToolHints;
  /** Whether it can run as a task, or runs in no other way; absent for a tool that never does. */
  readonly tasks?: 'optional' | 'required';
  readonly validate: Validator;
  /** Asks what must be known before a task can begin, and gives the arguments to run with. */
  prepare?(args: JsonObject, context: RequestContext): Promise<JsonObject>;
  /** Does the work; `args` fit the input schema. Throws when the call is aborted or the server is at fault. */
  run(args: JsonObject, context: RequestContext): Promise<ToolResult>;
}

/** Makes a tool of its parts. `properties` and `required` are those of the arguments, which take no others. */
export function defineTool(
  parts: Omit<Tool, 'inputSchema' | 'validate'> & {
    properties: JsonObject;
    required?: string[];
    minProperties?: number;
  },
): Tool {
  const { properties, required, minProperties, ...rest } = parts;
  const inputSchema = {
    type: 'object',
    properties,
    ...(required === undefined ? {} : { required }),
    ...(minProperties === undefined ? {} : { minProperties }),
    additionalProperties: false,
  };
  return toolWithSchema({ ...rest, inputSchema });
}

/** Makes a tool that brings its whole input schema. */
export function toolWithSchema(parts: Omit<Tool, 'validate'>): Tool {
  return { ...parts, validate: validatorOf(parts.inputSchema, 'arguments') };
}

/** The result of a call that went well. */
export function done(text: string): ToolResult {
  return { content: [textBlock(text)] };
}

/** The result of a call that could not be done, with what the model can do about it. */
export function failed(text: string): ToolResult {
  return { content: [textBlock(text)], isError: true };
}

/** A tool as `tools/list` shows it, with the members that the revision knows (schema, `Tool`). */
export function describeTool(tool: Tool, revision: Revision): JsonObject {
  const { name, title, description, hints, outputSchema, tasks } = tool;
  const facts = factsOf(revision);
  const inputSchema = facts.mirroredParameters ? tool.inputSchema : withoutMirrors(tool.inputSchema);
  if (!facts.toolAnnotations) return { name, description, inputSchema };
  if (!facts.titles) return { name, description, inputSchema, annotations: { title, ...hints } };
  return {
    name,
    title,
    description,
    inputSchema,
    ...(outputSchema === undefined ? {} : { outputSchema }),
    ...(tasks === undefined || facts.tasks !== 'core' ? {} : { execution: { taskSupport: tasks } }),
    annotations: { ...hints },
  };
}

/** What is wrong with the arguments of a call, one sentence a fault. */
export function checkArguments(tool: Tool, args: JsonObject): string[] {
  return tool.validate(args);
}

/** Runs a tool whose arguments have been checked. */
export function runTool(tool: Tool, args: JsonObject, context: RequestContext): Promise<ToolResult> {
  return tool.run(args, context);
}

/** A tool's result with the members and the types of content that the revision knows. */
export function resultFor({ content, structuredContent, isError }: ToolResult, revision: Revision): JsonObject {
  const structured = structuredFor(structuredContent, revision);
  return {
    content: content.map((block) => contentFor(block, revision)),
    ...(structured === undefined ? {} : { structuredContent: structured }),
    ...(isError === undefined ? {} : { isError }),
  };
}

/** A schema whose properties are not repeated in header fields. */
function withoutMirrors(schema: JsonObject): JsonObject {
  if (!isObject(schema.properties)) return schema;
  const properties = Object.entries(schema.properties).map(([name, property]) => {
    if (!isObject(property)) return [name, property];
    const { 'x-mcp-header': _, ...rest } = property;
    return [name, rest];
  });
  return { ...schema, properties: Object.fromEntries(properties) };
}
