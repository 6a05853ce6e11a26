import { describe, expect, it } from 'vitest';
import { REVISIONS } from '../revisions.ts';
import { envelopeDefinitions, messageDefinitions } from './message-definitions.ts';
import { compileMessageSchemas } from './validators.ts';

describe.each(REVISIONS)('the messages of %s', (revision) => {
  it('are these', () => {
    expect(Object.fromEntries(messageDefinitions(revision))).toMatchSnapshot();
  });

  it('name definitions of the revision', () => {
    const schemas = compileMessageSchemas(revision);
    const entries = [...messageDefinitions(revision).values()];
    expect(entries.length).toBeGreaterThan(15);
    for (const { kind: _kind, from: _from, ...names } of entries) {
      for (const name of Object.values(names)) expect(schemas(name), name).toBeTypeOf('function');
    }
    for (const name of Object.values(envelopeDefinitions(revision))) expect(schemas(name), name).toBeTypeOf('function');
  });

  it('are told apart by their method', () => {
    const schemas = compileMessageSchemas(revision);
    for (const [method, { message }] of messageDefinitions(revision)) {
      expect(schemas(message).schema, method).toMatchObject({ properties: { method: { const: method } } });
    }
  });
});

it('does not take a method for a member that every object has', () => {
  expect(messageDefinitions('2025-11-25').get('constructor')).toBeUndefined();
});
