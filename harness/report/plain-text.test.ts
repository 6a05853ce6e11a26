import { describe, expect, it } from 'vitest';
import { cut, oneLine, plainJson, plainText } from './plain-text.ts';

describe('plainText', () => {
  it.each([
    ['an ANSI escape', '\u001b[2Jgone', '\\x1b[2Jgone'],
    ['the one-byte escape sequence', '\u009b31m', '\\x9b31m'],
    ['a carriage return', 'a\rb', 'a\\rb'],
    ['a NUL', 'a\u0000b', 'a\\x00b'],
    ['a change of direction', '\u202eevil', '\\u{202e}evil'],
    ['a byte order mark', '\ufeff{}', '\\u{feff}{}'],
    ['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
    ['a code point that is no character', '\uffff', '\\u{ffff}'],
  ])('makes %s visible', (_, text, shown) => {
    expect(plainText(text)).toBe(shown);
  });

  it('leaves ordinary text alone, line breaks and other scripts included', () => {
    const text = 'Grüße, 世界 🙂\n\tend';
    expect(plainText(text)).toBe(text);
  });
});

describe('oneLine', () => {
  it('shows line breaks and tabs as escapes', () => {
    expect(oneLine('a\n\tb')).toBe('a\\n\\tb');
  });
});

describe('cut', () => {
  it('says how long a text was that it cuts', () => {
    expect(cut('abcdef', 3)).toBe('abc... (6 characters)');
    expect(cut('abc', 3)).toBe('abc');
  });
});

describe('plainJson', () => {
  it('keeps the value while it escapes what a terminal acts on', () => {
    const value = { text: '\u001b[2J\u009b \u202e \u{e0001} 🙂' };
    const json = plainJson(JSON.stringify(value));
    expect(JSON.parse(json)).toEqual(value);
    expect(json).not.toMatch(/[\u0080-\u009f\u202e]/);
    expect(json).toContain('🙂');
  });
});
