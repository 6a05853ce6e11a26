import type { JsonObject } from '../../spec/messages.ts';
import type { RequestContext } from '../dispatch/context.ts';
import { factsOf, type Revision } from '../revisions.ts';
import { type Validator, validatorOf } from '../validation.ts';

/** Hints about what a tool does to the world (2025-03-26, schema, `ToolAnnotations`). All are always sent. */
export interface ToolHints {
  readOnlyHint: boolean;
  destructiveHint: boolean;
  idempotentHint: boolean;
  openWorldHint: boolean;
}

/** What `tools/call` answers (schema, `CallToolResult`): text for the model, `isError` when the tool could not do it. */
export type ToolResult = {
  content: { type: 'text'; text: string }[];
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
  readonly hints: ToolHints;
  readonly validate: Validator;
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
  return { ...rest, inputSchema, validate: validatorOf(inputSchema, 'arguments') };
}

/** The result of a call that went well. */
export function done(text: string): ToolResult {
  return { content: [{ type: 'text', text }] };
}

/** The result of a call that could not be done, with what the model can do about it. */
export function failed(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

/** A tool as `tools/list` shows it, with the members that the revision knows (schema, `Tool`). */
export function describeTool({ name, title, description, inputSchema, hints }: Tool, revision: Revision): JsonObject {
  return factsOf(revision).titles
    ? { name, title, description, inputSchema, annotations: { ...hints } }
    : { name, description, inputSchema, annotations: { title, ...hints } };
}

/** What is wrong with the arguments of a call, one sentence a fault. */
export function checkArguments(tool: Tool, args: JsonObject): string[] {
  return tool.validate(args);
}

/** Runs a tool whose arguments have been checked. */
export function runTool(tool: Tool, args: JsonObject, context: RequestContext): Promise<ToolResult> {
  return tool.run(args, context);
}
