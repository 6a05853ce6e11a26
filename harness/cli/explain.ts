import { defects } from '../../fixtures/defects/server/index.ts';
import { ambiguities } from '../../spec/ambiguities.ts';
import type { Catalogue } from '../../spec/catalogue.ts';
import { didYouMean } from '../assay/nearest.ts';
import { allChecks } from '../assay/select-checks.ts';
import { UsageError } from '../assay/usage-error.ts';
import { sentence } from '../report/sentence.ts';
import { withoutRevision } from '../report/standing.ts';
import type { ServerSuites } from '../run/run.ts';
import type { CheckInfo } from '../verdict/check.ts';
import { describeSteps } from './describe-step.ts';
import { explainRequirement } from './explain-requirement.ts';
import { loadClientSuites, loadSuites } from './load-suites.ts';

/**
 * All there is to say about a requirement or a check, in lines.
 *
 * @throws UsageError when there is nothing of that id
 */
export function explain(given: string): string[] {
  const { suites, catalogue } = loadSuites();
  const id = withoutRevision(given);
  const checks = [...allChecks(suites), ...allChecks(loadClientSuites().suites)];
  const requirement = catalogue.get(id);
  const named = checks.filter((check) => check.id === id || check.id.startsWith(`${id}/`));
  if (!requirement && !named.length) {
    const ids = [...checks.map((check) => check.id), ...catalogue.all.map((one) => one.id)];
    throw new UsageError(`there is no "${given}"${didYouMean(id, ids) || '; "mcp-assay list" shows all ids'}`);
  }
  const parts = [
    ...(requirement ? [explainRequirement(requirement, ambiguities(), checks, defects)] : []),
    ...named.map((check) => explainCheck(check, suites, catalogue)),
  ];
  return parts.flatMap((lines, at) => (at ? ['', ...lines] : lines));
}

function explainCheck(check: CheckInfo, suites: ServerSuites, catalogue: Catalogue): string[] {
  const testCase = suites.cases.find((one) => one.id === check.id);
  return [
    check.id,
    '',
    `${check.title}.`,
    ...(testCase
      ? [
          '',
          `File: ${testCase.file}`,
          ...(testCase.revisions ? [`Revisions: ${testCase.revisions}`] : []),
          ...(testCase.needs?.length ? [`Needs: ${testCase.needs.join(', ')}`] : []),
          ...(Object.keys(testCase.example).length ? [`Example: ${JSON.stringify(testCase.example)}`] : []),
          '',
          ...describeSteps(testCase),
        ]
      : 'file' in check
        ? ['', `File: ${check.file}`]
        : []),
    '',
    'It judges:',
    ...check.requires.map((id) => {
      const requirement = catalogue.get(id);
      const [newest] = [...(requirement?.revisions.values() ?? [])].reverse();
      return `  ${id}  ${requirement ? sentence(requirement.text, newest?.role ?? '') : ''}`;
    }),
  ];
}
