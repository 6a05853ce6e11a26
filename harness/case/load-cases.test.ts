// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of case files look like those of templates
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../spec/catalogue.ts';
import { DataFileError } from '../../spec/data-file.ts';
import { expectationsOf } from './case.ts';
import { loadCases } from './load-cases.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-cases-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function load(files: { readonly [name: string]: string }) {
  folders += 1;
  const folder = join(root, String(folders));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  try {
    return loadCases(folder, catalogue());
  } catch (error) {
    if (error instanceof DataFileError) error.message = error.message.replace(`${folder}/`, '');
    throw error;
  }
}

/** A file of one case: each line of `more` is a member of the case. */
const one = (...more: string[]) =>
  ['cases:', '  - id: a.one', '    title: all is well', ...more.map((line) => `    ${line}`)].join('\n');
const REQUIRES = 'requires: [ping.respond]';
const STEPS = 'steps: [{request: {method: ping}}]';

describe('cases', () => {
  it('come from every YAML file below the folder, in the order of their names', () => {
    const cases = load({
      'b.yaml': one(REQUIRES, STEPS).replace('a.one', 'b.one'),
      'a/deep/x.yaml': one(REQUIRES, STEPS),
      'a/notes.md': 'not read',
    });
    expect(cases.map(({ id, file, example }) => ({ id, file: file.split('/').slice(-2).join('/'), example }))).toEqual([
      { id: 'a.one', file: 'deep/x.yaml', example: {} },
      { id: 'b.one', file: expect.stringMatching(/b\.yaml$/), example: {} },
    ]);
  });

  it('are one for each example, each with its members', () => {
    const cases = load({
      'a.yaml': one(
        REQUIRES,
        'examples: {first: {id: 1}, second: {id: "1", more: []}}',
        'steps: [{request: {id: "${id}", method: ping}}]',
      ),
    });
    expect(cases).toMatchObject([
      { id: 'a.one/first', title: 'all is well (first)', example: { id: 1 }, requires: ['ping.respond'] },
      { id: 'a.one/second', title: 'all is well (second)', example: { id: '1', more: [] } },
    ]);
    expect(cases[0]?.steps).toEqual([{ request: { id: '${id}', method: 'ping' } }]);
  });

  it('are one for a table of steps, which stand there once for each example', () => {
    const cases = load({
      'a.yaml': one(
        REQUIRES,
        'steps:',
        '  - {request: {method: before}}',
        '  - each: {first: {id: 1}, second: {id: "1"}}',
        '    steps:',
        '      - {request: {id: "${id}", method: "${alive}"}, expect: {response: {properties: {id: {const: "${id}"}}}}}',
        '      - {request: {method: between}}',
        '  - {request: {method: after}}',
      ),
    });
    const tried = (example: string, id: unknown) => [
      {
        example,
        request: { id, method: '${alive}' },
        expect: { response: { properties: { id: { const: id } } } },
      },
      { example, request: { method: 'between' } },
    ];
    expect(cases.map(({ id, steps }) => ({ id, steps }))).toEqual([
      {
        id: 'a.one',
        steps: [
          { request: { method: 'before' } },
          ...tried('first', 1),
          ...tried('second', '1'),
          { request: { method: 'after' } },
        ],
      },
    ]);
  });

  it('keep every kind of step', () => {
    const steps = [
      '{initialize: {}}',
      '{request: {method: a, params: [1], id: null}}',
      '{notify: {method: a}}',
      '{respond: {id: 1, result: {}}}',
      '{send: [1, null]}',
      '{send: null}',
      '{text: "{"}',
      '{base64: "/w=="}',
      '{http: {method: GET, keepOpen: true}}',
    ];
    const [found] = load({ 'a.yaml': one(REQUIRES, 'steps:', ...steps.map((step) => `  - ${step}`)) });
    expect(found?.steps).toHaveLength(steps.length);
  });

  it('give their expectations in the long form', () => {
    const [found] = load({
      'a.yaml': one(
        REQUIRES,
        'steps:',
        '  - {request: {method: a}, expect: {status: true}}',
        '  - {request: {method: a}, expect: [{that: {status: true}, atMost: warn}]}',
        '  - {request: {method: a}}',
      ),
    });
    expect(found?.steps.map(expectationsOf)).toEqual([
      [{ that: { status: true } }],
      [{ that: { status: true }, atMost: 'warn' }],
      [],
    ]);
  });
});

describe('a file that is refused', () => {
  it('for an id that is taken, in the same file or in another', () => {
    const again = one(REQUIRES, STEPS).replace('cases:\n', '');
    expect(() => load({ 'a.yaml': `${one(REQUIRES, STEPS)}\n${again}` })).toThrow(
      new DataFileError('a.yaml:6: the id "a.one" is already taken'),
    );
    expect(() => load({ 'a.yaml': one(REQUIRES, STEPS), 'b.yaml': one(REQUIRES, STEPS) })).toThrow(
      new DataFileError('b.yaml:2: the id "a.one" is already taken'),
    );
  });

  const TWO = 'requires: [ping.respond, jsonrpc.follows-2.0]';
  const step = (text: string) => ['steps:', `  - ${text}`];
  const refused: [string, string[], string][] = [
    ['an unknown key of a case', [REQUIRES, STEPS, 'tilte: x'], '6: unknown key "tilte"'],
    ['a case without steps', [REQUIRES], `2: "cases.0" must have required property 'steps'`],
    [
      'a case with an empty list of steps',
      [REQUIRES, 'steps: []'],
      '5: "cases.0.steps" must NOT have fewer than 1 items',
    ],
    ['no requirement', ['requires: []', STEPS], '4: "cases.0.requires" must NOT have fewer than 1 items'],
    [
      'an unknown requirement',
      ['requires:', '  - ping.respond', '  - ping.nobody', STEPS],
      '6: unknown requirement "ping.nobody"',
    ],
    [
      'the same requirement twice',
      ['requires: [ping.respond, ping.respond]', STEPS],
      '4: "cases.0.requires" must NOT have duplicate items (items ## 0 and 1 are identical)',
    ],
    [
      'a range that is none',
      [REQUIRES, 'revisions: ">=2025-06-19"', STEPS],
      '5: ">=2025-06-19" is not a range of revisions',
    ],
    [
      'a range that is empty',
      [REQUIRES, 'revisions: "<2024-11-05"', STEPS],
      '5: "<2024-11-05" is not a range of revisions',
    ],
    [
      'an unknown transport',
      [REQUIRES, 'transports: [carrier-pigeon]', STEPS],
      '5: "cases.0.transports.0" must be one of streamable-http, http+sse, stdio',
    ],
    ['an unknown given', [REQUIRES, 'given: all', STEPS], '5: "cases.0.given" must be one of none, initialized, ready'],
    [
      'an example with a bad name',
      [REQUIRES, 'examples: {Bad Name: {}}', STEPS],
      '5: the key "Bad Name" must match pattern "^[a-z0-9-]+$"',
    ],
    [
      'a step that does nothing',
      [REQUIRES, ...step('{expect: {status: true}}')],
      '6: "cases.0.steps.0" must have exactly one of initialize, request, notify, respond, send, text, base64, http, close',
    ],
    [
      'a step that does two things',
      [REQUIRES, ...step('{text: a, send: a}')],
      '6: "cases.0.steps.0" must have exactly one of initialize, request, notify, respond, send, text, base64, http, close',
    ],
    [
      'an unknown key of a step',
      [REQUIRES, ...step('{request: {method: ping}, expcet: {}}')],
      '6: unknown key "expcet"',
    ],
    [
      'an unknown part of what is seen',
      [REQUIRES, ...step('{text: a, expect: {statsu: true}}')],
      '6: unknown key "statsu"',
    ],
    [
      'an unknown part in an expectation',
      [REQUIRES, ...step('{text: a, expect: [{that: {statsu: true}}]}')],
      '6: unknown key "statsu"',
    ],
    [
      'an unknown key of an expectation',
      [REQUIRES, ...step('{text: a, expect: [{that: {status: true}, wehn: {}}]}')],
      '6: unknown key "wehn"',
    ],
    [
      'an expectation of nothing',
      [REQUIRES, ...step('{text: a, expect: [{because: x}]}')],
      `6: "cases.0.steps.0.expect.0" must have required property 'that'`,
    ],
    [
      'a verdict that is no mildening',
      [REQUIRES, ...step('{text: a, expect: [{that: {status: true}, atMost: fail}]}')],
      '6: "cases.0.steps.0.expect.0.atMost" must be one of warn, info',
    ],
    [
      'an assumption without a reason',
      [REQUIRES, ...step('{text: a, assume: [{that: {status: true}, otherwise: blocked}]}')],
      `6: "cases.0.steps.0.assume.0" must have required property 'because'`,
    ],
    [
      'a hold that is too long',
      [REQUIRES, ...step('{text: a, hold: 10001}')],
      '6: "cases.0.steps.0.hold" must be <= 10000',
    ],
    [
      'a rule that the case does not require',
      [TWO, ...step('{text: a, expect: [{rule: ping.interval, that: {status: true}}]}')],
      '6: "ping.interval" is not among the requirements of the case',
    ],
    [
      'an expectation without a rule, where the case requires several',
      [TWO, ...step('{text: a, expect: {status: true}}')],
      '6: names no rule although the case requires several',
    ],
    [
      'the same in the long form',
      [TWO, ...step('{text: a, expect: [{rule: ping.respond, that: {status: true}}, {that: {status: true}}]}')],
      '6: names no rule although the case requires several',
    ],
    [
      'the same in a step for each example',
      [TWO, ...step('{each: {first: {}}, steps: [{text: a}, {text: a, expect: {status: true}}]}')],
      '6: names no rule although the case requires several',
    ],
    [
      'a table without steps',
      [REQUIRES, ...step('{each: {first: {}}}')],
      `6: "cases.0.steps.0" must have required property 'steps'`,
    ],
    [
      'a name for a step that is made several times',
      [REQUIRES, ...step('{each: {first: {}}, steps: [{text: a, name: first}]}')],
      '6: a step that is made for several examples has no name',
    ],
    [
      'a member of an example that no step takes',
      [REQUIRES, ...step('{each: {first: {a: 1}, second: {b: 1}}, steps: [{text: "${a}"}]}')],
      '6: "b" is used by none of the steps',
    ],
    [
      'a range of an expectation that is none',
      [REQUIRES, ...step('{text: a, expect: [{revisions: now, that: {status: true}}]}')],
      '6: "now" is not a range of revisions',
    ],
  ];
  it.each(refused)('for %s', (_, lines, expected) => {
    expect(() => load({ 'a.yaml': one(...lines) })).toThrow(new DataFileError(`a.yaml:${expected}`));
  });

  it('with the line of the expectation that is wrong', () => {
    const lines = [
      'steps:',
      '  - text: a',
      '    expect:',
      '      - that: {status: true}',
      '        rule: ping.interval',
    ];
    expect(() => load({ 'a.yaml': one(TWO, ...lines) })).toThrow(
      new DataFileError('a.yaml:9: "ping.interval" is not among the requirements of the case'),
    );
  });
});
