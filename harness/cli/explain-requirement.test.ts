import { describe, expect, it } from 'vitest';
import type { Requirement } from '../../spec/catalogue.ts';
import { explainRequirement } from './explain-requirement.ts';

const requirement: Requirement = {
  id: 'area.rule',
  area: 'area',
  text: 'MUST do so.',
  observe: { server: 'stimulus', client: 'wire' },
  stimulus: 'a tool that does so',
  unobservable: null,
  revisions: new Map([
    ['2025-06-18', { level: 'SHOULD', role: 'both', sources: ['a/index'] }],
    ['2025-11-25', { level: 'MUST', role: 'server', sources: ['b#c', 'd'] }],
  ]),
};
const ambiguity = {
  id: 'ambiguity.one',
  title: 'What "so" means',
  question: 'The page does not say.',
  reading: 'Anything.',
  why: 'It harms nobody.',
  requirements: ['area.rule'],
  sources: {},
};
const check = { id: 'area.case', title: 'so it does', requires: ['area.rule'] };

describe('a requirement explained', () => {
  it('says what it demands, where, since when, how it shows, what is unclear and what checks it', () => {
    expect(explainRequirement(requirement, [ambiguity], [check])).toEqual([
      'area.rule',
      '',
      'A server MUST do so.',
      '',
      'Where the specification says so:',
      '  2025-06-18  SHOULD, both',
      '    https://modelcontextprotocol.io/specification/2025-06-18/a',
      '  2025-11-25  MUST, server (before: SHOULD, both)',
      '    https://modelcontextprotocol.io/specification/2025-11-25/b#c',
      '    https://modelcontextprotocol.io/specification/2025-11-25/d',
      '',
      'How it can be seen:',
      '  Of a server: only after a tool that does so.',
      '  Of a client: in its ordinary traffic.',
      '',
      'Unclear: What "so" means (ambiguity.one)',
      '  The page does not say.',
      '  Read here as: Anything.',
      '  Why: It harms nobody.',
      '',
      'Checked by:',
      '  area.case  so it does',
    ]);
  });

  it('leaves out what speaks of others, and says why something cannot be seen', () => {
    const unseen = { ...requirement, observe: {}, unobservable: 'It is in the mind.' };
    const lines = explainRequirement(unseen, [{ ...ambiguity, requirements: [] }], [{ ...check, requires: [] }]);
    expect(lines.slice(-4)).toEqual([
      'How it can be seen:',
      '  It cannot. It is in the mind.',
      '',
      'Nothing checks it yet.',
    ]);
    expect(lines.join('\n')).not.toContain('Unclear');
  });
});
