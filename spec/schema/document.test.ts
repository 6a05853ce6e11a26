import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { REVISIONS, type Revision } from '../revisions.ts';
import { schemaDocument } from './document.ts';
import { TOPICS } from './topics.ts';

function definitionsIn(revision: Revision): Record<string, object> {
  const document = schemaDocument(revision);
  return 'definitions' in document ? document.definitions : document.$defs;
}

function digest(schema: object): string {
  const sorted = JSON.stringify(schema, (_name, value: unknown) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  return createHash('sha256').update(sorted).digest('hex').slice(0, 12);
}

describe.each(REVISIONS)('the document of %s', (revision) => {
  // The digests stand for the meaning: a dated revision does not change, so neither may they.
  it('has these definitions', () => {
    const digests = Object.entries(definitionsIn(revision)).map(([name, schema]) => `${name} ${digest(schema)}`);
    expect(digests).toMatchSnapshot();
  });

  it('refers only to definitions it has', () => {
    const document = schemaDocument(revision);
    const key = 'definitions' in document ? 'definitions' : '$defs';
    const targets = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, target]) => target);
    expect(targets.length).toBeGreaterThan(100);
    const names = Object.keys(definitionsIn(revision)).map((name) => `#/${key}/${name}`);
    expect(targets.filter((target) => !names.includes(target ?? ''))).toEqual([]);
  });

  it('writes maps so that they hold for any name', () => {
    expect(JSON.stringify(schemaDocument(revision))).not.toContain('patternProperties');
  });
});

it('speaks draft-07 up to 2025-06-18 and 2020-12 from then on', () => {
  const dialects = REVISIONS.map((revision) => [revision, Object.values(schemaDocument(revision))[0]]);
  expect(Object.fromEntries(dialects)).toEqual({
    '2024-11-05': 'http://json-schema.org/draft-07/schema#',
    '2025-03-26': 'http://json-schema.org/draft-07/schema#',
    '2025-06-18': 'http://json-schema.org/draft-07/schema#',
    '2025-11-25': 'https://json-schema.org/draft/2020-12/schema',
    '2026-07-28': 'https://json-schema.org/draft/2020-12/schema',
  });
});

describe('a request', () => {
  it('up to 2025-06-18 has neither envelope nor named parameters', () => {
    expect(definitionsIn('2025-06-18').CallToolRequest).toEqual({
      type: 'object',
      required: ['method', 'params'],
      properties: {
        method: { type: 'string', const: 'tools/call' },
        params: {
          type: 'object',
          required: ['name'],
          properties: {
            name: { type: 'string' },
            arguments: { type: 'object', additionalProperties: {} },
          },
        },
      },
    });
  });

  it('from 2025-11-25 has both', () => {
    expect(definitionsIn('2025-11-25').CallToolRequest).toEqual({
      type: 'object',
      required: ['jsonrpc', 'id', 'method', 'params'],
      properties: {
        jsonrpc: { type: 'string', const: '2.0' },
        id: { $ref: '#/$defs/RequestId' },
        method: { type: 'string', const: 'tools/call' },
        params: { $ref: '#/$defs/CallToolRequestParams' },
      },
    });
  });

  it('up to 2025-06-18 has its _meta looked at where it has no other parameters', () => {
    expect(definitionsIn('2025-03-26').PingRequest).toMatchObject({
      properties: { params: { properties: { _meta: { properties: { progressToken: {} } } } } },
    });
  });
});

it('states each definition in one topic only', () => {
  const owners = new Map<string, object>();
  for (const topic of TOPICS) {
    for (const name of new Set(Object.values(topic).flatMap((layer) => Object.keys(layer)))) {
      expect(owners.has(name), name).toBe(false);
      owners.set(name, topic);
    }
  }
  expect(owners.size).toBeGreaterThan(150);
});
