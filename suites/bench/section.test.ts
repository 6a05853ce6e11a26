import { expect, it } from 'vitest';
import { sectionText } from './section.ts';

it('puts figures under the names of their columns, with a dash for what there is not', () => {
  const rows = [
    { program: 'one', ms: 1200 },
    { program: 'another', ms: null },
  ];
  expect(sectionText({ title: 'Some figures', rows })).toBe(
    ['Some figures', '  program    ms', '  one      1200', '  another     -'].join('\n'),
  );
  expect(sectionText({ title: 'None', rows: [], note: 'left out' })).toBe('None\n  left out');
});
