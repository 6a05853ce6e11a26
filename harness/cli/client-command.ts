import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { addReportOptions, addRunOptions, type ServerFlags } from './options.ts';

/** `client -- COMMAND`: judges a client. */
export function addClientCommand(program: Command, context: CommandContext): void {
  const client = program
    .command('client')
    .summary('judge a client')
    .description(
      'Judges the MCP client that a command starts, once for each case; the URL of the server is appended as its last argument, the name of the case is in MCP_CONFORMANCE_SCENARIO, its data in MCP_CONFORMANCE_CONTEXT.',
    )
    .usage('[options] -- COMMAND [ARG...]');
  addRunOptions(addReportOptions(client)).action(async (flags: ServerFlags) => {
    const { judgeClient } = await import('./judge-client.ts');
    context.exit(await judgeClient(flags, context));
  });
}
