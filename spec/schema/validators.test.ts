import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { REVISIONS, type Revision } from '../revisions.ts';
import { schemaDocument } from './document.ts';
import { compileMessageSchemas } from './validators.ts';

/** Validators of the document as it is printed, without the readings. */
function printed(revision: Revision, definition: string) {
  const document = schemaDocument(revision);
  const options = { strict: true, validateFormats: false };
  return 'definitions' in document
    ? new Ajv(options).compile({ ...document, $ref: `#/definitions/${definition}` })
    : new Ajv2020(options).compile({ ...document, $ref: `#/$defs/${definition}` });
}

describe.each(REVISIONS)('the schemas of %s', (revision) => {
  it('compile, every one, and refuse something', () => {
    const document = schemaDocument(revision);
    const names = Object.keys('definitions' in document ? document.definitions : document.$defs);
    const anything = names.filter((name) => compileMessageSchemas(revision)(name)(Symbol('no JSON')));
    expect(anything).toEqual(revision === '2026-07-28' ? ['JSONValue'] : []);
  });

  it('are compiled once', () => {
    expect(compileMessageSchemas(revision)('Tool')).toBe(compileMessageSchemas(revision)('Tool'));
  });

  it.each(['Tol', 'constructor', '', 'Tool/properties/name'])('do not know "%s"', (name) => {
    expect(() => compileMessageSchemas(revision)(name)).toThrow(
      new RangeError(`revision ${revision} defines no message part "${name}"`),
    );
  });

  it('take formats as a note', () => {
    expect(compileMessageSchemas(revision)('ResourceContents')({ uri: 'not a URI' })).toBe(true);
    expect(compileMessageSchemas(revision)('BlobResourceContents')({ uri: 'a b', blob: '!' })).toBe(true);
  });
});

describe('where the official schema contradicts its source', () => {
  const capabilities = { experimental: { x: { nothing: null, half: 0.5 } } };
  const answer = { action: 'accept', content: { weight: 70.5 } };
  const unreadable = { jsonrpc: '2.0', id: null, error: { code: -32700, message: 'x' } };

  it.each<[title: string, revision: Revision, definition: string, value: unknown]>([
    ['a fraction in a form', '2025-06-18', 'ElicitResult', answer],
    ['a fraction in a form', '2025-11-25', 'ElicitResult', answer],
    ['a fraction in a form', '2026-07-28', 'ElicitResult', answer],
    ['null and a fraction in a JSON value', '2026-07-28', 'ClientCapabilities', capabilities],
    ['an error for a request that could not be read', '2024-11-05', 'JSONRPCError', unreadable],
    ['an error for a request that could not be read', '2025-06-18', 'JSONRPCError', unreadable],
    ['an error for a request that could not be read', '2025-11-25', 'JSONRPCErrorResponse', unreadable],
    ['an error for a request that could not be read', '2026-07-28', 'JSONRPCErrorResponse', unreadable],
  ])('%s (%s) is refused by the printed schema and no fault to us', (_title, revision, definition, value) => {
    expect(printed(revision, definition)(value)).toBe(false);
    expect(compileMessageSchemas(revision)(definition)(value)).toBe(true);
  });

  it.each(REVISIONS.slice(2))('an answer that is null stays refused (%s)', (revision) => {
    expect(compileMessageSchemas(revision)('ElicitResult')({ action: 'accept', content: { weight: null } })).toBe(
      false,
    );
  });
});
