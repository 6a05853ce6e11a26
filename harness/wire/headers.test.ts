import { describe, expect, it } from 'vitest';
import { type HeaderPairs, headerValue, headerValues, mediaTypeOf } from './headers.ts';

const pairs: HeaderPairs = [
  ['Mcp-Session-Id', 'one'],
  ['X-Other', 'other'],
  ['MCP-SESSION-ID', 'two'],
  ['X-Empty', ''],
];

describe('a header', () => {
  it('is found in any letter case, with all its values in order', () => {
    expect(headerValues(pairs, 'mCP-session-id')).toEqual(['one', 'two']);
    expect(headerValue(pairs, 'mcp-session-id')).toBe('one');
  });

  it('may be empty, which is not the same as missing', () => {
    expect(headerValue(pairs, 'x-empty')).toBe('');
    expect(headerValue(pairs, 'x-missing')).toBeNull();
    expect(headerValues(pairs, 'x-missing')).toEqual([]);
  });

  it('is not found by a part of its name', () => {
    expect(headerValue(pairs, 'session-id')).toBeNull();
  });
});

describe('the media type', () => {
  it.each([
    ['application/json', 'application/json'],
    ['Application/JSON', 'application/json'],
    ['application/json; charset=utf-8', 'application/json'],
    ['text/event-stream;charset=UTF-8', 'text/event-stream'],
    ['  text/html ; q=1', 'text/html'],
    ['', null],
    [' ; charset=utf-8', null],
  ])('of %j is %j', (value, expected) => {
    expect(mediaTypeOf([['content-type', value]])).toBe(expected);
  });

  it('is null without a Content-Type', () => {
    expect(mediaTypeOf([['Content-Length', '0']])).toBeNull();
  });

  it('is the first of several', () => {
    expect(
      mediaTypeOf([
        ['Content-Type', 'application/json'],
        ['content-type', 'text/html'],
      ]),
    ).toBe('application/json');
  });
});
