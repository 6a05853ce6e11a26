import { expect, it } from 'vitest';
import { hideAndCut } from './hide-and-cut.ts';

const SECRET = 'sk-0123456789abcdef';
const hide = (text: string) => text.replaceAll(SECRET, '[hidden]');

it('gives a short text whole', () => {
  expect(hideAndCut(`a ${SECRET} b`, 100, hide)).toBe('a [hidden] b');
});

it.each([90, 95, 99, 100])('shows no part of a secret that begins at %i when it cuts at 100', (start) => {
  const shown = hideAndCut(`${'x'.repeat(start)}${SECRET}${'y'.repeat(200)}`, 100, hide);
  expect(shown).not.toContain('sk-');
  expect(shown).toMatch(/^x+/);
  expect(shown).toMatch(/\.\.\. \(\d+ characters\)$/);
});

it('shows no part of a secret at the end of the window it looks at', () => {
  const before = SECRET.repeat(50);
  const text = `${before}${'z'.repeat(100 + 16_384 - before.length - 5)}${SECRET}${'y'.repeat(100)}`;
  expect(hideAndCut(text, 100, hide)).not.toContain('sk-');
});
