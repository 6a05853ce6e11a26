import { changesNothing, defineTool, done } from '../tool.ts';

/** Has parameters that clients repeat in header fields: a stimulus for whoever tests `Mcp-Param-*`. */
export const assayHeader = defineTool({
  name: 'assay_header',
  title: 'Repeat parameters in header fields',
  description:
    'Answers with its arguments. In revision 2026-07-28 over HTTP the client also sends them as Mcp-Param-Region, ' +
    'Mcp-Param-Level and Mcp-Param-Urgent. Changes nothing.',
  hints: changesNothing,
  properties: {
    region: { type: 'string', maxLength: 200, description: 'Any text.', 'x-mcp-header': 'Region' },
    level: { type: 'integer', description: 'Any whole number.', 'x-mcp-header': 'Level' },
    urgent: { type: 'boolean', description: 'Yes or no.', 'x-mcp-header': 'Urgent' },
  },
  run: async (args) => done(JSON.stringify(args)),
});
