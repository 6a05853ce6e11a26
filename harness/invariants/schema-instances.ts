import { Ajv, type ValidateFunction } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Json, JsonObject } from '../../spec/messages.ts';
import { keptBySchema } from '../judge/foreign-schemas.ts';

// formats are annotations in 2020-12: what does not look like a date may fit all the same
const options = { strict: false, validateFormats: false, validateSchema: false, logger: false } as const;

/**
 * What is wrong with a value by a schema of the target's, read in the dialect that it declares (2020-12 by default), or
 * null; `unknown` where the dialect or the schema cannot be judged here.
 */
export function misfit(schema: JsonObject, value: Json): string | null {
  try {
    const validate = compiled(schema);
    if (!validate) return 'unknown';
    if (validate(value)) return null;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath || 'it'} ${error?.message ?? 'is wrong'}`;
  } catch {
    return 'unknown';
  }
}

const compiled = keptBySchema((schema): ValidateFunction | null => {
  const { $schema = 'https://json-schema.org/draft/2020-12/schema', $id: _, ...rest } = schema;
  try {
    return validatorOf(String($schema))?.compile(rest) ?? null;
  } catch {
    return null;
  }
});

/** A fresh validator each time: schemas of different tools may share ids. */
function validatorOf(dialect: string): Ajv | null {
  switch (dialect.replace(/^https?:\/\//, '').replace(/#$/, '')) {
    case 'json-schema.org/draft/2020-12/schema':
      return new Ajv2020(options);
    case 'json-schema.org/draft/2019-09/schema':
      return new Ajv2019(options);
    case 'json-schema.org/draft-07/schema':
      return new Ajv(options);
    default:
      return null;
  }
}
