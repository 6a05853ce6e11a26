import { expect, it } from 'vitest';
import { WELL_KNOWN_TOOLS } from '../stimuli/well-known.ts';
import { patienceOf } from './patience.ts';

it('takes a case for the longer, the slower its stimuli are', () => {
  const needing = (...needs: string[]) => patienceOf({ needs, steps: [] });
  expect(patienceOf({ steps: [] })).toBe(0);
  expect(needing('tools', 'session')).toBe(0);
  expect(needing('tools', 'stimulus:tool')).toBe(0);
  expect(needing('tools', 'stimulus:slow-tool')).toBeGreaterThan(needing('stimulus:polling-tool'));
  expect(needing('stimulus:slowly-progressing-tool')).toBeGreaterThan(needing('stimulus:slow-tool'));
  expect(Object.keys(WELL_KNOWN_TOOLS)).toEqual(
    expect.arrayContaining(['slowly-progressing-tool', 'slow-tool', 'polling-tool']),
  );
});

it('takes a case of many steps for longer than one of few', () => {
  const having = (count: number) => patienceOf({ steps: Array.from({ length: count }, () => ({ text: '' })) });
  expect(having(30)).toBeGreaterThan(having(3));
});
