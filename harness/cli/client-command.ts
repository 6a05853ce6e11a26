import type { Command } from 'commander';
import { UsageError } from '../assay/usage-error.ts';
import type { CommandContext } from './context.ts';
import { addReportOptions, addRunOptions } from './options.ts';

/** `client -- COMMAND`: judges a client. */
export function addClientCommand(program: Command, { command }: CommandContext): void {
  const client = program
    .command('client')
    .summary('judge a client')
    .description('Judges the MCP client that a command starts; the URL of the server is appended as its last argument.')
    .usage('[options] -- COMMAND [ARG...]');
  addRunOptions(addReportOptions(client)).action(() => {
    if (!command?.length) throw new UsageError('client needs a command to start: mcp-assay client -- COMMAND [ARG...]');
    throw new UsageError('clients cannot be judged yet; "mcp-assay server" judges servers');
  });
}
