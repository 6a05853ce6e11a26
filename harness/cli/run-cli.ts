import { DataFileError } from '../../spec/data-file.ts';
import { UsageError } from '../assay/usage-error.ts';
import { oneLine, plainText } from '../report/plain-text.ts';
import { helpText, runProgram } from './program.ts';
import type { Terminal } from './terminal.ts';

/** Exit code for a wrong command line or file. */
const WRONG_USAGE = 2;
/** Exit code for a fault of ours (EX_SOFTWARE of sysexits.h). */
const OUR_FAULT = 70;
/** Exit code when nobody reads the output any more, as shells report it for other programs (128 + SIGPIPE). */
const NOBODY_READS = 141;

/** The process that a command line runs in. */
export interface Host extends Terminal {
  on(event: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
  exit(code: number): void;
}

/** Runs a command line in a process of its own and ends the process with the right code. */
export function runCli(argv: readonly string[], host: Host): void {
  let code = 0;
  const { stdout, stderr, env } = host;
  const leave = () => {
    stdout.write('', (error) => {
      if (error) host.exit(NOBODY_READS);
      else stderr.write('', () => host.exit(code));
    });
  };
  const fault = (error: unknown) => {
    code = OUR_FAULT;
    stderr.write(faultText(error));
    leave();
  };
  host.on('uncaughtException', fault);
  host.on('unhandledRejection', fault);
  stdout.on('error', () => host.exit(NOBODY_READS));
  stderr.on('error', () => undefined);

  const dashes = argv.indexOf('--');
  const context = {
    terminal: { stdout, stderr, env },
    command: dashes < 0 ? null : argv.slice(dashes + 1),
    exit: (settled: number) => {
      code = settled;
    },
  };
  const words = argv.length || env.npm_lifecycle_event !== 'assay' ? argv : ['server', '--reference'];
  if (!words.length) {
    stderr.write(helpText(context));
    code = WRONG_USAGE;
    leave();
    return;
  }
  runProgram(dashes < 0 ? words : words.slice(0, dashes), context)
    .catch((error: unknown) => {
      if (!(error instanceof UsageError) && !(error instanceof DataFileError)) throw error;
      stderr.write(`mcp-assay: ${oneLine(error.message)}\n`);
      code = WRONG_USAGE;
    })
    .then(leave, fault);
}

function faultText(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `mcp-assay: this is a fault of mcp-assay itself; please report it with the lines below\n${plainText(stack)}\n`;
}
