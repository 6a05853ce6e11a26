import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import type { ListFlags } from './list-ids.ts';

/** `list [GLOB]`: lists requirements and checks. */
export function addListCommand(program: Command, { terminal, exit }: CommandContext): void {
  program
    .command('list')
    .summary('list requirements and checks')
    .description('Lists requirements, and the checks that judge them.')
    .argument('[glob]', 'only ids that match')
    .option('--role <role>', 'whom a requirement binds; server and client include both')
    .option('--area <area>', 'area of a requirement, such as http-transport')
    .option('--level <level>', 'how binding a requirement is: MUST, SHOULD or MAY')
    .option('--revision <revision>', 'what holds in a revision')
    .option('--verdict <verdict>', 'what has that verdict in --report')
    .option('--report <file>', 'a report that --json wrote')
    .action(async (glob: string | undefined, flags: ListFlags) => {
      const { listIds } = await import('./list-ids.ts');
      const lines = listIds(glob, flags);
      if (lines.length) terminal.stdout.write(`${lines.join('\n')}\n`);
      else terminal.stderr.write('mcp-assay: nothing fits all of these\n');
      exit(0);
    });
}
