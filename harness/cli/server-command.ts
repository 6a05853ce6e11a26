import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { addReportOptions, addRunOptions, type ServerFlags } from './options.ts';

/** `server URL`, `server --reference`, `server -- COMMAND`: judges a server. */
export function addServerCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('server')
    .summary('judge a server')
    .description('Judges the MCP server at a URL (Streamable HTTP), or the reference server that comes with mcp-assay.')
    .usage(
      'URL [options]\n       mcp-assay server --reference [options]\n       mcp-assay server [options] -- COMMAND [ARG...]',
    )
    .argument('[url]', 'address of the MCP endpoint')
    .option('--reference', 'judge the embedded reference server');
  addRunOptions(addReportOptions(command)).action(async (url: string | undefined, flags: ServerFlags) => {
    const { judgeServer } = await import('./judge-server.ts');
    context.exit(await judgeServer(url, flags, context));
  });
}
