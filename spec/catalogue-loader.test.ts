import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Catalogue, loadCatalogue, sourceLink } from './catalogue.ts';
import { DataFileError } from './data-file.ts';

const root = mkdtempSync(join(tmpdir(), 'assay-catalogue-'));
afterAll(() => rmSync(root, { recursive: true }));

let folders = 0;
function load(files: { readonly [name: string]: string }): Catalogue {
  folders += 1;
  const folder = join(root, String(folders));
  mkdirSync(folder);
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  try {
    return loadCatalogue(folder);
  } catch (error) {
    if (error instanceof DataFileError) error.message = error.message.replace(`${folder}/`, '');
    throw error;
  }
}

const requirement = (id: string, more = 'revisions: {2025-06-18: [page]}') =>
  `  - {id: ${id}, level: MUST, role: server, text: MUST be so., observe: {server: wire}, ${more}}\n`;
const area = (name: string, ...requirements: string[]) => `area: ${name}\nrequirements:\n${requirements.join('')}`;

describe('a catalogue', () => {
  it('holds the requirements of every file, in the order of names', () => {
    const catalogue = load({
      'b.yaml': area('b', requirement('b.one')),
      'a.yaml': area('a', requirement('a.two'), requirement('a.one')),
      'notes.md': 'not read',
    });
    expect(catalogue.all.map(({ id }) => id)).toEqual(['a.two', 'a.one', 'b.one']);
    expect(catalogue.get('b.one')).toMatchObject({
      id: 'b.one',
      area: 'b',
      text: 'MUST be so.',
      observe: { server: 'wire' },
    });
    expect(catalogue.get('b.two')).toBeUndefined();
  });

  it('holds a requirement with what is said of its observation', () => {
    const { all } = load({
      'a.yaml': `area: a
requirements:
  - {id: a.one, level: SHOULD, role: both, text: SHOULD a., observe: {server: stimulus, client: wire}, stimulus: a push, revisions: {2025-06-18: [x, "y#z"]}}
  - {id: a.two, level: MAY, role: host/user, text: MAY b., observe: none, unobservable: out of sight, revisions: {2025-06-18: [x]}}
`,
    });
    expect(all).toEqual([
      {
        id: 'a.one',
        area: 'a',
        text: 'SHOULD a.',
        observe: { server: 'stimulus', client: 'wire' },
        stimulus: 'a push',
        unobservable: null,
        revisions: new Map([['2025-06-18', { level: 'SHOULD', role: 'both', sources: ['x', 'y#z'] }]]),
      },
      {
        id: 'a.two',
        area: 'a',
        text: 'MAY b.',
        observe: {},
        stimulus: null,
        unobservable: 'out of sight',
        revisions: new Map([['2025-06-18', { level: 'MAY', role: 'host/user', sources: ['x'] }]]),
      },
    ]);
  });
});

describe('what changes from revision to revision', () => {
  const inRevisions = (more: string) =>
    [...(load({ 'a.yaml': area('a', requirement('a.one', more)) }).get('a.one')?.revisions ?? [])].map(
      ([revision, { level, role, sources }]) => [revision, level, role, ...sources].join(' '),
    );

  it('goes on until it changes again, whatever the order in the file', () => {
    expect(
      inRevisions(
        'revisions: {2026-07-28: [e], 2025-11-25: [d], 2025-06-18: [c], 2025-03-26: [b], 2024-11-05: [a]},' +
          'changes: {2026-07-28: {level: MAY}, 2025-03-26: {level: SHOULD}, 2025-11-25: {role: client}}',
      ),
    ).toEqual([
      '2024-11-05 MUST server a',
      '2025-03-26 SHOULD server b',
      '2025-06-18 SHOULD server c',
      '2025-11-25 SHOULD client d',
      '2026-07-28 MAY client e',
    ]);
  });

  it('may change in the first revision', () => {
    expect(inRevisions('revisions: {2025-03-26: [b]}, changes: {2025-03-26: {level: MAY, role: both}}')).toEqual([
      '2025-03-26 MAY both b',
    ]);
  });

  it('outlives a revision without the rule', () => {
    expect(
      inRevisions(
        'revisions: {2024-11-05: [a], 2025-03-26: [b], 2025-11-25: [d]}, changes: {2025-03-26: {level: MAY}}',
      ),
    ).toEqual(['2024-11-05 MUST server a', '2025-03-26 MAY server b', '2025-11-25 MAY server d']);
  });

  it('does not change where the rule does not hold', () => {
    expect(() => inRevisions('revisions: {2025-06-18: [c]}, changes: {2025-11-25: {level: MAY}}')).toThrow(
      new DataFileError('a.yaml:3: "a.one" changes in 2025-11-25 but does not hold there'),
    );
  });
});

describe('a file that is refused', () => {
  it('for an id that is taken, in the same file or in another', () => {
    expect(() => load({ 'a.yaml': area('a', requirement('a.one'), requirement('a.one')) })).toThrow(
      new DataFileError('a.yaml:4: the id "a.one" is already taken'),
    );
    expect(() =>
      load({ 'a.yaml': area('a', requirement('a.one')), 'b.yaml': area('b', requirement('a.one')) }),
    ).toThrow(new DataFileError('b.yaml:3: the id "a.one" is already taken'));
  });

  it.each([
    [
      'a revision that does not exist',
      requirement('a.one', 'revisions: {2025-06-19: [x]}'),
      'unknown key "2025-06-19"',
    ],
    [
      'a change in one that does not exist',
      requirement('a.one', 'revisions: {2025-06-18: [x]}, changes: {2025-06-19: {}}'),
      'unknown key "2025-06-19"',
    ],
    [
      'no revision',
      requirement('a.one', 'revisions: {}'),
      '"requirements.0.revisions" must NOT have fewer than 1 properties',
    ],
    [
      'a revision without a source',
      requirement('a.one', 'revisions: {2025-06-18: []}'),
      '"requirements.0.revisions.2025-06-18" must NOT have fewer than 1 items',
    ],
    ['an unknown key', requirement('a.one', 'revisions: {2025-06-18: [x]}, note: x'), 'unknown key "note"'],
    [
      'an id of one word',
      requirement('one'),
      '"requirements.0.id" must match pattern "^[a-zA-Z0-9-]+([._][a-zA-Z0-9-]+)+$"',
    ],
    [
      'a text without its key word',
      requirement('a.one').replace('MUST be', 'is'),
      '"requirements.0.text" must match pattern "^(MUST|SHOULD|MAY)"',
    ],
    [
      'an unknown level',
      requirement('a.one').replace('level: MUST', 'level: SHALL'),
      '"requirements.0.level" must be one of MUST, SHOULD, MAY',
    ],
    [
      'an unknown way to observe',
      requirement('a.one').replace('server: wire', 'server: guess'),
      '"requirements.0.observe.server" must be one of wire, stimulus',
    ],
  ])('for %s', (_, text, expected) => {
    expect(() => load({ 'a.yaml': area('a', text) })).toThrow(new DataFileError(`a.yaml:3: ${expected}`));
  });
});

describe('the address of a source', () => {
  it.each([
    ['server/tools', '/server/tools'],
    ['server/tools#calling-tools', '/server/tools#calling-tools'],
    ['basic/index', '/basic'],
    ['basic/index#responses', '/basic#responses'],
    ['basic/indexing', '/basic/indexing'],
    ['index', '/'],
    ['index#overview', '/#overview'],
  ])('%s', (source, expected) => {
    expect(sourceLink('2025-06-18', source)).toBe(
      `https://modelcontextprotocol.io/specification/2025-06-18${expected}`,
    );
  });
});
