import { relative } from 'node:path';
import type { Catalogue } from '../../spec/catalogue.ts';
import { fileSchema, readDataFile } from '../../spec/data-file.ts';
import type { BaselineEntry, Report, ReportedCase } from '../report/report.ts';
import { withoutRevision } from '../report/standing.ts';
import type { CheckInfo, CheckResult } from './check.ts';

/** A failure that is known and accepted for now. */
export interface KnownFailure {
  /** Id of a case, invariant, property or probe; with `@revision` at its end it speaks of that revision only. */
  readonly case: string;
  readonly requirement: string;
  readonly why: string;
}

/** A file of known failures. */
export interface Baseline {
  readonly file: string;
  readonly entries: readonly KnownFailure[];
}

interface BaselineFile {
  readonly 'known-failures': readonly KnownFailure[];
}

const text = { type: 'string', minLength: 1 };
const validate = fileSchema<BaselineFile>({
  type: 'object',
  additionalProperties: false,
  required: ['known-failures'],
  properties: {
    'known-failures': {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['case', 'requirement', 'why'],
        properties: { case: text, requirement: text, why: text },
      },
    },
  },
});

/**
 * Reads a file of known failures (YAML): `known-failures: [{ case, requirement, why }]`.
 *
 * @throws DataFileError when it cannot be read, does not fit, or names a check or a requirement that does not exist
 */
export function readBaseline(path: string, checks: readonly CheckInfo[], catalogue: Catalogue): Baseline {
  const file = readDataFile(path, validate);
  const entries = file.content['known-failures'];
  const seen = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const at = (key: keyof KnownFailure) => ['known-failures', index, key];
    const check = checks.find((one) => one.id === withoutRevision(entry.case));
    if (!check) throw file.error(at('case'), `there is no case "${entry.case}"; "mcp-assay list" shows them all`);
    if (!catalogue.get(entry.requirement)) {
      throw file.error(at('requirement'), `there is no requirement "${entry.requirement}"`);
    }
    if (!check.requires.includes(entry.requirement)) {
      throw file.error(at('requirement'), `"${entry.case}" does not judge "${entry.requirement}"`);
    }
    const key = `${entry.case} ${entry.requirement}`;
    if (seen.has(key)) throw file.error(at('case'), `"${entry.case}" and "${entry.requirement}" are listed twice`);
    seen.add(key);
  }
  return { file: relative('', path) || path, entries };
}

/** Follows a run, or several at different revisions, and notes what becomes of each known failure. */
export class BaselineWatch {
  readonly #baseline: Baseline;
  readonly #states = new Map<KnownFailure, BaselineEntry['state']>();

  constructor(baseline: Baseline) {
    this.#baseline = baseline;
  }

  /** A check as the report shows it, with the findings marked that the baseline lists. */
  mark(reported: ReportedCase, result: CheckResult, revision: string): ReportedCase {
    const entries = this.#baseline.entries.filter(
      (entry) => entry.case === result.id || entry.case === `${result.id}@${revision}`,
    );
    if (!entries.length) return reported;
    for (const entry of entries) this.#note(entry, result);
    const listed = new Set(entries.map((entry) => entry.requirement));
    return {
      ...reported,
      findings: reported.findings.map((finding) =>
        listed.has(finding.requirement) ? { ...finding, expected: true } : finding,
      ),
    };
  }

  #note(entry: KnownFailure, { sightings }: CheckResult): void {
    const kinds = sightings
      .filter(({ outcome }) => outcome.requirement === entry.requirement)
      .map(({ outcome }) => outcome.kind);
    if (kinds.includes('broken')) this.#states.set(entry, 'still-failing');
    else if (kinds.includes('kept') && !this.#states.has(entry)) this.#states.set(entry, 'mended');
  }

  /** What became of every entry. */
  summary(): NonNullable<Report['baseline']> {
    const { file, entries } = this.#baseline;
    return { file, entries: entries.map((entry) => ({ ...entry, state: this.#states.get(entry) ?? 'not-judged' })) };
  }
}
