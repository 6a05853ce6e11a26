import type { Ambiguity } from '../../spec/ambiguities.ts';
import { type Requirement, sourceLink } from '../../spec/catalogue.ts';
import { sentence } from '../report/sentence.ts';
import type { CheckInfo } from '../verdict/check.ts';

/** A requirement for people: what it says, where, how it can be seen, what is unclear about it, and what checks it. */
export function explainRequirement(
  requirement: Requirement,
  ambiguities: readonly Ambiguity[],
  checks: readonly CheckInfo[],
  defects: readonly ProvingDefect[] = [],
): string[] {
  const [newest] = [...requirement.revisions.values()].reverse();
  const touching = ambiguities.filter((one) => one.requirements.includes(requirement.id));
  const citing = checks.filter((check) => check.requires.includes(requirement.id));
  return [
    requirement.id,
    '',
    sentence(requirement.text, newest?.role ?? ''),
    '',
    'Where the specification says so:',
    ...revisionLines(requirement),
    '',
    'How it can be seen:',
    ...observationLines(requirement),
    ...touching.flatMap((one) => ['', ...ambiguityLines(one)]),
    '',
    ...(citing.length
      ? ['Checked by:', ...citing.map((check) => `  ${check.id}  ${check.title}`)]
      : ['Nothing checks it yet.']),
    ...defectLines(requirement.id, defects),
  ];
}

/** A deliberate violation that shows that the checks of a requirement can fail. */
export interface ProvingDefect {
  readonly id: string;
  readonly title: string;
  readonly breaks: string;
  readonly also?: readonly { readonly requirement: string }[];
}

function defectLines(id: string, defects: readonly ProvingDefect[]): string[] {
  const proving = defects.filter((one) => one.breaks === id || one.also?.some(({ requirement }) => requirement === id));
  return proving.length
    ? ['', 'Broken on purpose, to prove the checks, by:', ...proving.map((one) => `  ${one.id}  ${one.title}`)]
    : [];
}

function revisionLines({ revisions }: Requirement): string[] {
  let before = '';
  return [...revisions].flatMap(([revision, { level, role, sources }]) => {
    const now = `${level}, ${role}`;
    const change = before && before !== now ? ` (before: ${before})` : '';
    before = now;
    return [`  ${revision}  ${now}${change}`, ...sources.map((source) => `    ${sourceLink(revision, source)}`)];
  });
}

function observationLines({ observe, stimulus, unobservable }: Requirement): string[] {
  const lines = Object.entries(observe).map(([side, how]) =>
    how === 'wire'
      ? `  Of a ${side}: in its ordinary traffic.`
      : `  Of a ${side}: only after ${stimulus ?? 'something makes it show'}.`,
  );
  return lines.length ? lines : [`  It cannot. ${unobservable ?? ''}`.trimEnd()];
}

function ambiguityLines({ id, title, question, reading, why }: Ambiguity): string[] {
  return [`Unclear: ${title} (${id})`, `  ${question}`, `  Read here as: ${reading}`, `  Why: ${why}`];
}
