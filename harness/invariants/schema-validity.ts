import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2019 } from 'ajv/dist/2019.js';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { keptBySchema } from '../judge/foreign-schemas.ts';
import { show } from './outcomes.ts';

const options = { strict: false, validateFormats: false, logger: false } as const;

/** Validators by the URI of the dialect, without scheme and an empty fragment. */
const DIALECTS: { readonly [uri: string]: Ajv } = {
  'json-schema.org/draft/2020-12/schema': new Ajv2020(options),
  'json-schema.org/draft/2019-09/schema': new Ajv2019(options),
  'json-schema.org/draft-07/schema': new Ajv(options),
};

/**
 * What is wrong with a schema by the meta-schema of its dialect (2020-12 unless `$schema` names another), or null;
 * `unknown-dialect` where that is none that can be judged here.
 */
export const schemaFault = keptBySchema((schema): string | null => {
  const { $schema = 'https://json-schema.org/draft/2020-12/schema', ...rest } = schema;
  if (typeof $schema !== 'string') return `$schema must be a string, was ${show($schema)}`;
  const ajv = DIALECTS[$schema.replace(/^https?:\/\//, '').replace(/#$/, '')];
  if (!ajv) return 'unknown-dialect';
  try {
    // without $schema ajv takes its own dialect, however the schema spelled it
    return ajv.validateSchema(rest) ? null : explain(ajv.errors?.[0]);
  } catch {
    // too deep for the validator: nothing is known
    return 'unknown-dialect';
  }
});

function explain(error: ErrorObject | undefined): string {
  return `${error?.instancePath || 'the schema'} ${error?.message ?? 'is wrong'}`;
}
