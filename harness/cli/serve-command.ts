import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { startReference } from './reference.ts';
import { wholeNumber } from './settings.ts';

/** `serve [--port N]`: runs the reference server until it is told to end. */
export function addServeCommand(program: Command, { terminal, exit }: CommandContext): void {
  program
    .command('serve')
    .summary('run the reference server')
    .description('Runs the reference server with its user service until Ctrl-C.')
    .option('--port <number>', 'port on 127.0.0.1; 0 takes any that is free', '3000')
    .action(async ({ port }: { port: string }) => {
      const asked = wholeNumber('--port', port, 0, 65_535);
      const reference = await startReference((line) => terminal.stderr.write(`${line}\n`), asked);
      const ended = endOfProcess();
      terminal.stderr.write(`${reference.detail}\n`);
      terminal.stdout.write(`The reference server listens at ${reference.url}; Ctrl-C ends it.\n`);
      await ended;
      await reference.stop();
      exit(0);
    });
}

function endOfProcess(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => resolve());
  });
}
