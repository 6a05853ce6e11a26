import type { Command } from 'commander';
import type { CommandContext } from './context.ts';
import { addReportOptions, type ReportFlags } from './options.ts';

/** `judge TRACE`: judges recorded traffic again, offline. */
export function addJudgeCommand(program: Command, context: CommandContext): void {
  const command = program
    .command('judge')
    .summary('judge a recorded trace again, offline')
    .description('Judges the traffic that --trace recorded, by the rules and cases of this version. Sends nothing.')
    .argument('<trace>', 'file that --trace wrote');
  addReportOptions(command).action(async (path: string, flags: ReportFlags) => {
    const { judgeRecorded } = await import('./judge-recorded.ts');
    context.exit(judgeRecorded(path, flags, context));
  });
}
