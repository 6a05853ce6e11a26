import { join } from 'node:path';
import { fileSchema, readDataFile } from '../../spec/data-file.ts';
import { packageRoot } from '../../spec/package-root.ts';
import type { Excuse } from './coverage.ts';

const text = { type: 'string', minLength: 1 };

const validate = fileSchema<{ unchecked: Excuse[] }>({
  type: 'object',
  additionalProperties: false,
  required: ['unchecked'],
  properties: {
    unchecked: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['requirements', 'side', 'reason'],
        properties: {
          requirements: { type: 'array', minItems: 1, items: text },
          side: { enum: ['server', 'client'] },
          revisions: text,
          reason: text,
        },
      },
    },
  },
});

/** The reasons, from `suites/unchecked.yaml`, why nothing checks some requirements. */
export function readExcuses(): readonly Excuse[] {
  return readDataFile(join(packageRoot, 'suites/unchecked.yaml'), validate).content.unchecked;
}
