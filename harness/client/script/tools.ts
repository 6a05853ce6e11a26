import type { Json, JsonObject } from '../../../spec/messages.ts';
import { isObject } from '../../wire/json-rpc.ts';
import type { ToolPage } from './server-script.ts';

/**
 * The tools that the scripted server offers. Test clients written for the official suite call the first two under these
 * names in its scenarios `tools_call` and `sse-retry`.
 */
const TOOLS: readonly JsonObject[] = [
  {
    name: 'add_numbers',
    description: 'Adds two numbers',
    inputSchema: {
      type: 'object',
      properties: { a: { type: 'number' }, b: { type: 'number' } },
      required: ['a', 'b'],
    },
  },
  {
    name: 'test_reconnection',
    description: 'Answers after the connection was closed once',
    inputSchema: { type: 'object', properties: {} },
  },
  {
    name: 'assay_echo',
    description: 'Gives its text back',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  },
];

/** The result of tools/list for a cursor; null when no page has that cursor. */
export function listTools(pages: readonly ToolPage[] | undefined, cursor: Json | undefined): JsonObject | null {
  if (!pages) return cursor === undefined ? { tools: [...TOOLS] } : null;
  const index = cursor === undefined ? 0 : pages.findIndex((page) => page.nextCursor === cursor) + 1;
  const page = pages[index];
  if (!page || (cursor !== undefined && index === 0)) return null;
  const before = pages.slice(0, index).reduce((sum, { tools }) => sum + tools, 0);
  const tools = Array.from({ length: page.tools }, (_, at) => toolAt(before + at));
  return { tools, ...(page.nextCursor === undefined ? {} : { nextCursor: page.nextCursor }) };
}

/** The result of tools/call; null for a tool that does not exist. */
export function callTool(params: Json | undefined): JsonObject | null {
  if (!isObject(params)) return null;
  const { a, b, text } = isObject(params.arguments) ? params.arguments : {};
  switch (params.name) {
    case 'add_numbers':
      return textResult(`The sum is ${Number(a) + Number(b)}`);
    case 'assay_echo':
      return textResult(String(text));
    default:
      return typeof params.name === 'string' && /^(test_reconnection|assay_tool_\d+)$/.test(params.name)
        ? textResult('done')
        : null;
  }
}

function toolAt(index: number): JsonObject {
  return TOOLS[index] ?? { name: `assay_tool_${index + 1}`, inputSchema: { type: 'object', properties: {} } };
}

function textResult(text: string): JsonObject {
  return { content: [{ type: 'text', text }], isError: false };
}
