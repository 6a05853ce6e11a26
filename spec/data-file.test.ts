import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DataFileError, fileSchema, readDataFile } from './data-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-data-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const validate = fileSchema<{ name: string }>({
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: { type: 'string', pattern: '^[a-z]+$' },
    level: { enum: ['MUST', 'MAY'] },
    version: { const: 1 },
    list: {
      type: 'array',
      minItems: 1,
      items: { type: 'object', additionalProperties: false, properties: { a: { type: 'integer' } } },
    },
    'with/slash~': { type: 'integer' },
    shape: { anyOf: [{ const: 'none' }, { type: 'object', properties: { a: { enum: ['x', 'y'] } } }] },
    action: {
      type: 'object',
      additionalProperties: false,
      properties: { get: {}, put: {} },
      oneOf: [{ required: ['get'] }, { required: ['put'] }],
    },
  },
});

let written = 0;
function write(text: string): string {
  written += 1;
  const path = join(folder, `${written}.yaml`);
  writeFileSync(path, text);
  return path;
}

function problemIn(text: string): string {
  const path = write(text);
  try {
    readDataFile(path, validate);
  } catch (error) {
    expect(error).toBeInstanceOf(DataFileError);
    return String(error).replace(`DataFileError: ${path}`, 'FILE');
  }
  throw new Error(`read without complaint: ${text}`);
}

describe('a file that is as it should be', () => {
  it('is read as YAML', () => {
    expect(readDataFile(write('name: a\nlist:\n  - a: 1 # one\n'), validate).content).toEqual({
      name: 'a',
      list: [{ a: 1 }],
    });
  });

  it('is read as JSON, which is YAML', () => {
    expect(readDataFile(write('{"name": "a", "level": "MAY"}'), validate).content).toEqual({ name: 'a', level: 'MAY' });
  });

  it('may use anchors', () => {
    expect(readDataFile(write('list: [&one {a: 1}, *one]\nname: a'), validate).content).toMatchObject({
      list: [{ a: 1 }, { a: 1 }],
    });
  });
});

describe('a file that cannot be read', () => {
  it('is named, with the reason', () => {
    const missing = join(folder, 'missing.yaml');
    expect(() => readDataFile(missing, validate)).toThrow(new DataFileError(`${missing}: cannot be read (ENOENT)`));
    expect(() => readDataFile(folder, validate)).toThrow(new DataFileError(`${folder}: cannot be read (EISDIR)`));
  });

  it('is named by its path from here, where it is below', () => {
    expect(() => readDataFile(join(process.cwd(), 'spec/missing.yaml'), validate)).toThrow(
      new DataFileError('spec/missing.yaml: cannot be read (ENOENT)'),
    );
  });
});

describe('a file that is no YAML', () => {
  it.each([
    ['an open bracket', 'name: a\nlist: [1, 2\n', /^FILE:\d+: not valid YAML: ./],
    ['a bad line', 'name: a\nb: c: d\n', /^FILE:2: not valid YAML: ./],
    ['a key twice', 'name: a\nlevel: MAY\nname: b\n', /^FILE:3: not valid YAML: ./],
    ['a tab for indentation', 'list:\n\t- a: 1\n', /^FILE:2: not valid YAML: ./],
    ['two documents', 'name: a\n---\nname: b\n', /^FILE:2: a second document begins here$/],
    ['an alias that leads nowhere', 'name: *nobody\n', /^FILE: not valid YAML: .*nobody/],
    [
      'aliases that grow without bounds',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]`,
      /^FILE: not valid YAML: ./,
    ],
  ])('%s', (_, text, expected) => {
    expect(problemIn(text)).toMatch(expected);
  });
});

describe('a file that does not fit its schema', () => {
  it.each([
    ['nothing', '', 'FILE:1: the file must be object'],
    ['a list', '- name: a', 'FILE:1: the file must be object'],
    ['a member is missing', 'level: MAY', `FILE:1: the file must have required property 'name'`],
    ['an unknown key', 'name: a\nnaem: b', 'FILE:2: unknown key "naem"'],
    ['a misspelled key is not reported as missing', 'naem: b', 'FILE:1: unknown key "naem"'],
    ['an unknown key deep down', 'name: a\nlist:\n  - a: 1\n  - b: 2', 'FILE:4: unknown key "b"'],
    ['a wrong type', 'name: 5', 'FILE:1: "name" must be string'],
    ['a wrong type deep down', 'name: a\nlist:\n  - a: 1\n  - a: x', 'FILE:4: "list.1.a" must be integer'],
    ['a wrong type in flow style', 'name: a\nlist: [{a: 1},\n  {a: x}]', 'FILE:3: "list.1.a" must be integer'],
    ['not one of', 'name: a\nlevel: must', 'FILE:2: "level" must be one of MUST, MAY'],
    ['not the constant', 'name: a\nversion: 2', 'FILE:2: "version" must be 1'],
    ['too short a list', 'name: a\nlist: []', 'FILE:2: "list" must NOT have fewer than 1 items'],
    ['a pattern', 'name: A', 'FILE:1: "name" must match pattern "^[a-z]+$"'],
    ['a key with special characters', 'name: a\nwith/slash~: x', 'FILE:2: "with/slash~" must be integer'],
    ['the alternative that was meant', 'name: a\nshape: {a: z}', 'FILE:2: "shape.a" must be one of x, y'],
    ['none of several keys', 'name: a\naction: {}', 'FILE:2: "action" must have exactly one of get, put'],
    ['two of several keys', 'name: a\naction: {get: 1, put: 2}', 'FILE:2: "action" must have exactly one of get, put'],
    ['another than several keys', 'name: a\naction:\n  got: 1', 'FILE:3: unknown key "got"'],
    ['what an alias stands for', 'list: [&x {a: y}]\nname: a', 'FILE:1: "list.0.a" must be integer'],
  ])('%s', (_, text, expected) => {
    expect(problemIn(text)).toBe(expected);
  });
});

describe('an error about a place in a file', () => {
  const path = write('name: a\nlist:\n  - a: 1\n  -\n    a: 2\n');
  const file = readDataFile(path, validate);

  it.each([
    [['name'], 1],
    [['list'], 2],
    [['list', 0], 3],
    [['list', 0, 'a'], 3],
    [['list', 1, 'a'], 5],
    [['list', 1, 'missing', 'deeper'], 5],
    [['missing'], 1],
    [[], 1],
  ])('at %j names line %i', (pointer, line) => {
    expect(file.error(pointer, 'is wrong')).toEqual(new DataFileError(`${path}:${line}: is wrong`));
  });
});
