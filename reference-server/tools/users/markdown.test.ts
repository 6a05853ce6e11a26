import { describe, expect, it } from 'vitest';
import type { Json } from '../../../spec/messages.ts';
import { plain, userMarkdown } from './markdown.ts';

describe('text from elsewhere', () => {
  it.each<[value: Json, shown: string]>([
    ['plain', 'plain'],
    ['first.last_name+x@example.co.uk', 'first.last_name+x@example.co.uk'],
    ['_emphasis_', String.raw`\_emphasis\_`],
    ['**bold** [link](x) <b> `code` # ~~', String.raw`\*\*bold\*\* \[link\](x) \<b\> \`code\` \# \~\~`],
    ['line\nbreak\r\n\r\nand\ttab', 'line break and tab'],
    ['bell\u0007 and escape\u001b[31m', String.raw`bell and escape \[31m`],
    ['next line\u2028here', 'next line here'],
    [5, '5'],
    [null, ''],
    [{}, ''],
    [true, ''],
  ])('%j is shown as %s', (value, shown) => {
    expect(plain(value)).toBe(shown);
  });

  it('is not shown at length', () => {
    expect(plain('x'.repeat(100_000)).length).toBeLessThan(6000);
  });
});

describe('a user', () => {
  it('may have no fields, or empty ones', () => {
    expect(userMarkdown({})).toBe('## A user without a name\n');
    expect(userMarkdown({ name: null, email: '', address: null, credit_card: {} })).toBe(
      '## A user without a name\n\n- **Credit card:** ••••',
    );
  });

  it('has an address on one line', () => {
    const address = { country: 'A', city: null, street: 'C', flat_house: '4' };
    expect(userMarkdown({ name: 'X', address })).toContain('- **Address:** A, C, 4');
  });

  it.each<[num: Json, shown: string]>([
    ['4111111111111111', '•••• 1111'],
    [4111111111111111, '•••• 1111'],
    ['4111 1111 1111 1112', '•••• 1112'],
    ['1234', '••••'],
    ['', '••••'],
  ])('never shows more of the card %j than %s', (num, shown) => {
    const text = userMarkdown({ credit_card: { num, cvv: '987' } });
    expect(text).toContain(`- **Credit card:** ${shown}`);
    expect(text).not.toContain('987');
  });
});
