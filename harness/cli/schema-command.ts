import type { Command } from 'commander';
import { isRevision, REVISIONS } from '../../spec/revisions.ts';
import { UsageError } from '../assay/usage-error.ts';
import type { CommandContext } from './context.ts';

/** `schema REVISION`: prints the message schemas of a revision. */
export function addSchemaCommand(program: Command, { terminal, exit }: CommandContext): void {
  program
    .command('schema')
    .summary('print the message schemas of a revision')
    .description('Prints the message schemas of a revision as one JSON Schema document.')
    .argument('<revision>', REVISIONS.join(', '))
    .action(async (revision: string) => {
      if (!isRevision(revision)) {
        throw new UsageError(`there is no revision ${JSON.stringify(revision)}; known are ${REVISIONS.join(', ')}`);
      }
      const { schemaDocument } = await import('../../spec/schema/index.ts');
      terminal.stdout.write(`${JSON.stringify(schemaDocument(revision), null, 2)}\n`);
      exit(0);
    });
}
