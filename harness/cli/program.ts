import { Command, CommanderError } from 'commander';
import { UsageError } from '../assay/usage-error.ts';
import { toolInfo } from '../report/tool-info.ts';
import { addClientCommand } from './client-command.ts';
import type { CommandContext } from './context.ts';
import { addExplainCommand } from './explain-command.ts';
import { addJudgeCommand } from './judge-command.ts';
import { addListCommand } from './list-command.ts';
import { addSchemaCommand } from './schema-command.ts';
import { addServeCommand } from './serve-command.ts';
import { addServerCommand } from './server-command.ts';

const EXIT_CODES = `
Exit codes: 0 nothing failed; 1 something failed; 2 the command line or a file is wrong; 3 the target could not be judged;
            70 a fault of mcp-assay.`;

/** The commands of `mcp-assay`; faults of the command line are thrown, nothing ends the process. */
function buildProgram(context: CommandContext): Command {
  const { stdout } = context.terminal;
  const program = new Command('mcp-assay')
    .description('Judges any MCP server or client on what it puts on the wire.')
    .version(toolInfo().version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: () => undefined })
    .addHelpText('after', EXIT_CODES);
  addServerCommand(program, context);
  addClientCommand(program, context);
  addJudgeCommand(program, context);
  addListCommand(program, context);
  addExplainCommand(program, context);
  addSchemaCommand(program, context);
  addServeCommand(program, context);
  return program;
}

/** What `--help` prints. */
export function helpText(context: CommandContext): string {
  return `${buildProgram(context).helpInformation()}${EXIT_CODES}\n`;
}

/**
 * Runs a command line.
 *
 * @throws UsageError in the place of every fault that commander finds
 */
export async function runProgram(words: readonly string[], context: CommandContext): Promise<void> {
  try {
    await buildProgram(context).parseAsync([...words], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return;
    const said = error.message
      .replace(/^error: /, '')
      .replaceAll(/\s*\n\s*/g, ' ')
      .replaceAll('. ', ': ')
      .replace(/\.$/, '');
    throw new UsageError(`${said}; "mcp-assay --help" and "mcp-assay COMMAND --help" say what there is`);
  }
}
