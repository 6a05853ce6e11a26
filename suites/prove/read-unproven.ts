import { join } from 'node:path';
import { fileSchema, readDataFile } from '../../spec/data-file.ts';
import { packageRoot } from '../../spec/package-root.ts';
import type { Unproven } from './claims.ts';

const text = { type: 'string', minLength: 1 };
const names = { type: 'array', minItems: 1, items: text };

const validate = fileSchema<{ unproven: Unproven[] }>({
  type: 'object',
  additionalProperties: false,
  required: ['unproven'],
  properties: {
    unproven: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['reason'],
        anyOf: [{ required: ['requirements'] }, { required: ['checks'] }],
        properties: { requirements: names, checks: names, reason: text },
      },
    },
  },
});

/**
 * The reasons, from `suites/prove/unproven.yaml`, why no defect breaks some requirements and no trial
 * shows some checks failing.
 *
 * @throws DataFileError when the file is not as it should be
 */
export function readUnproven(): readonly Unproven[] {
  return readDataFile(join(packageRoot, 'suites/prove/unproven.yaml'), validate).content.unproven;
}
