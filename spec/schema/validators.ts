import { Ajv, type AnySchema, type ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Revision } from '../revisions.ts';
import { documentOf } from './document.ts';
import { readings } from './readings.ts';
import { TOPICS } from './topics.ts';

/** Gives the validator of a definition; throws RangeError when the revision has no definition of that name. */
export type MessageSchemas = (definition: string) => ValidateFunction;

const compiled = new Map<Revision, MessageSchemas>();

/**
 * The message schemas of a revision, ready to judge with. A validator is compiled when first asked for and then kept.
 *
 * They are more generous than `schemaDocument` where `readings.ts` says so, and take `format` as a note: both dialects
 * of JSON Schema do so unless told otherwise, `byte` is a format of neither, and a peer whose URI has a space in it has
 * sent a message of the right shape. What is demanded of URIs and base64 are requirements of their own.
 */
export function compileMessageSchemas(revision: Revision): MessageSchemas {
  const schemas = compiled.get(revision) ?? compile(revision);
  compiled.set(revision, schemas);
  return schemas;
}

function compile(revision: Revision): MessageSchemas {
  const document = documentOf([...TOPICS, readings], revision);
  const options = { strict: true, validateFormats: false, code: { optimize: false } };
  const [ajv, names, pointer] =
    'definitions' in document
      ? [new Ajv(options), document.definitions, 'definitions']
      : [new Ajv2020(options), document.$defs, '$defs'];
  ajv.addSchema(document satisfies AnySchema, revision);
  return (definition) => {
    const validate = Object.hasOwn(names, definition)
      ? ajv.getSchema(`${revision}#/${pointer}/${definition}`)
      : undefined;
    if (validate === undefined) throw new RangeError(`revision ${revision} defines no message part "${definition}"`);
    return validate;
  };
}
