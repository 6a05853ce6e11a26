import Type, { type TProperties } from 'typebox';
import { alters, type Topic } from './layers.ts';
import {
  anyOf,
  optionalBoolean,
  optionalInteger,
  optionalNumber,
  optionalString,
  strings,
  withTitle,
} from './shapes.ts';

/** A field with a label and a hint. */
const field = <const Kind extends string, Members extends TProperties>(kind: Kind, members: Members) =>
  Type.Object({ type: Type.Literal(kind), ...withTitle, description: optionalString, ...members });

const optionalStrings = Type.Optional(strings);
const choices = Type.Array(Type.Object({ const: Type.String(), title: Type.String() }));
const several = { minItems: optionalInteger, maxItems: optionalInteger, default: optionalStrings };
const namedChoice = { enum: strings, enumNames: optionalStrings };

/** The fields a form may have: a small part of JSON Schema (page `client/elicitation`, requested schema). */
export const elicitationFields = {
  '2025-06-18': {
    StringSchema: field('string', {
      minLength: optionalInteger,
      maxLength: optionalInteger,
      format: Type.Optional(Type.Enum(['email', 'uri', 'date', 'date-time'])),
    }),
    NumberSchema: Type.Object({
      ...withTitle,
      type: Type.Enum(['number', 'integer']),
      description: optionalString,
      minimum: optionalNumber,
      maximum: optionalNumber,
    }),
    BooleanSchema: field('boolean', { default: optionalBoolean }),
    EnumSchema: field('string', namedChoice),
    PrimitiveSchemaDefinition: anyOf('StringSchema', 'NumberSchema', 'BooleanSchema', 'EnumSchema'),
  },
  '2025-11-25': {
    StringSchema: alters({ default: optionalString }),
    NumberSchema: alters({ default: optionalNumber }),
    LegacyTitledEnumSchema: field('string', { ...namedChoice, default: optionalString }),
    UntitledSingleSelectEnumSchema: field('string', { enum: strings, default: optionalString }),
    TitledSingleSelectEnumSchema: field('string', { oneOf: choices, default: optionalString }),
    UntitledMultiSelectEnumSchema: field('array', {
      ...several,
      items: Type.Object({ type: Type.Literal('string'), enum: strings }),
    }),
    TitledMultiSelectEnumSchema: field('array', { ...several, items: Type.Object({ anyOf: choices }) }),
    SingleSelectEnumSchema: anyOf('UntitledSingleSelectEnumSchema', 'TitledSingleSelectEnumSchema'),
    MultiSelectEnumSchema: anyOf('UntitledMultiSelectEnumSchema', 'TitledMultiSelectEnumSchema'),
    EnumSchema: anyOf('SingleSelectEnumSchema', 'MultiSelectEnumSchema', 'LegacyTitledEnumSchema'),
  },
} satisfies Topic;
