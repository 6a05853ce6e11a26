import { join } from 'node:path';
import { fileSchema, readDataFile } from '../../spec/data-file.ts';
import { packageRoot } from '../../spec/package-root.ts';
import { REVISIONS, type Revision } from '../../spec/revisions.ts';

/** What was found about subjects, held against the specification by a person. */
export interface JudgedFinding {
  readonly subjects: readonly string[];
  readonly requirement: string;
  readonly revisions: readonly Revision[];
  readonly verdict: 'fail' | 'warn';
  readonly judgement: 'true-finding' | 'false-alarm';
  /** Set where it is a matter of time whether it shows: that it does not is no fault then. */
  readonly sometimes?: true;
  /** What the subjects do, and the sentence of the specification that speaks against it. */
  readonly why: string;
}

const names = { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', minLength: 1 } };

const validate = fileSchema<{ findings: JudgedFinding[] }>({
  type: 'object',
  additionalProperties: false,
  required: ['findings'],
  properties: {
    findings: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['subjects', 'requirement', 'revisions', 'verdict', 'judgement', 'why'],
        properties: {
          subjects: names,
          requirement: { type: 'string', minLength: 1 },
          revisions: { type: 'array', minItems: 1, uniqueItems: true, items: { enum: REVISIONS } },
          verdict: { enum: ['fail', 'warn'] },
          judgement: { enum: ['true-finding', 'false-alarm'] },
          sometimes: { const: true },
          why: { type: 'string', minLength: 40 },
        },
      },
    },
  },
});

/**
 * The judgements in `suites/field/findings.yaml`.
 *
 * @throws DataFileError when the file is not as it should be
 */
export function readFindings(): readonly JudgedFinding[] {
  return readDataFile(join(packageRoot, 'suites/field/findings.yaml'), validate).content.findings;
}
