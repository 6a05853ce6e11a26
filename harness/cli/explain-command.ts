import type { Command } from 'commander';
import type { CommandContext } from './context.ts';

/** `explain ID`: says all there is to say about a requirement or a check. */
export function addExplainCommand(program: Command, { terminal, exit }: CommandContext): void {
  program
    .command('explain')
    .summary('say all about a requirement or a check')
    .description('Says what a requirement demands and where the specification says so, or what a check does.')
    .argument('<id>', 'id of a requirement, case, invariant, property or probe')
    .action(async (id: string) => {
      const { explain } = await import('./explain.ts');
      terminal.stdout.write(`${explain(id).join('\n')}\n`);
      exit(0);
    });
}
