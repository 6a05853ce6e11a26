import { describe, expect, it } from 'vitest';
import { hider, hideValues } from './target.ts';

const hide = hider({
  url: 'http://127.0.0.1/mcp',
  credentials: [
    ['Authorization', 'Bearer s3cret-token'],
    ['X-Key', 'quoted"key'],
    ['X-Short', 'abc'],
  ],
  tokens: { expired: 'stale-token' },
});

it('headers keep their names, and their values are hidden', () => {
  expect(
    hideValues([
      ['Authorization', 'Bearer x'],
      ['X', ''],
    ]),
  ).toEqual([
    ['Authorization', '[hidden]'],
    ['X', '[hidden]'],
  ]);
});

describe('a text', () => {
  it.each([
    ['Authorization: Bearer s3cret-token', 'Authorization: [hidden]'],
    ['you sent s3cret-token, s3cret-token', 'you sent [hidden], [hidden]'],
    ['the stale-token has ended', 'the [hidden] has ended'],
    ['xs3cret-tokenx', 'x[hidden]x'],
    ['{"key":"quoted\\"key"}', '{"key":"[hidden]"}'],
    ['quoted"key', '[hidden]'],
    ['a Bearer of news', 'a Bearer of news'],
    ['abc is too short to be told from a word', 'abc is too short to be told from a word'],
    ['cut off: s3cret-to...', 'cut off: [hidden]...'],
    ['cut off: s3c...', 'cut off: s3c...'],
    ['http://user:pass@host/x', 'http://[hidden]@host/x'],
    ['https://token@host', 'https://[hidden]@host'],
    ['mail someone@host', 'mail someone@host'],
    ['', ''],
  ])('%j shows as %j', (text, shown) => {
    expect(hide(text)).toBe(shown);
  });

  it('of a target without credentials shows as it is, but for those in addresses', () => {
    const plain = hider({ url: 'http://a:b@127.0.0.1/', credentials: [] });
    expect(plain('Bearer s3cret-token http://a:b@127.0.0.1/')).toBe('Bearer s3cret-token http://[hidden]@127.0.0.1/');
  });
});
