import { expect, it } from 'vitest';
import { toolsToTry } from './tool-calls.ts';

const reading = { annotations: { readOnlyHint: true } };

it('of tools that only read so many are tried, and every fixture of the official suite', () => {
  const tools = [
    { name: 'first', ...reading },
    { name: 'test_simple_text' },
    { name: 'second', ...reading },
    { name: 'writes' },
    { name: 'test_x_mcp_header' },
    // it changes what others see
    { name: 'test_trigger_tool_change' },
  ];
  const names = (most: number) => toolsToTry(tools, 'read-only', most).map(({ name }) => name);
  expect(names(1)).toEqual(['first', 'test_simple_text', 'test_x_mcp_header']);
  expect(names(9)).toEqual(['first', 'test_simple_text', 'second', 'test_x_mcp_header']);
});
