/** The message schemas of every revision: as JSON Schema, as validators, and as TypeScript types. */

export { type SchemaDocument, schemaDocument } from './document.ts';
export {
  type EnvelopeDefinitions,
  envelopeDefinitions,
  type MessageDefinition,
  messageDefinitions,
  type Sender,
} from './message-definitions.ts';
export type { DefinitionName, TypeOf } from './topics.ts';
export { compileMessageSchemas, type MessageSchemas } from './validators.ts';
