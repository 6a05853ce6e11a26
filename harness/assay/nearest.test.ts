import { expect, it } from 'vitest';
import { didYouMean, nearest } from './nearest.ts';

const names = ['ping.respond', 'ping.periodic', 'http.post.notification-202', 'tools.list-changed'];

it.each([
  ['ping.repsond', ['ping.respond']],
  ['PING.RESPOND', ['ping.respond']],
  ['notification-202', ['http.post.notification-202']],
  ['ping', ['ping.periodic', 'ping.respond']],
  ['something else altogether', []],
])('finds what is like %s', (text, found) => {
  expect(nearest(text, names)).toEqual(found);
});

it('gives no more than asked for', () => {
  expect(nearest('a1', ['a2', 'a3', 'a4', 'a5'])).toEqual(['a2', 'a3', 'a4']);
});

it('asks in words', () => {
  expect(didYouMean('ping', names)).toBe('; did you mean ping.periodic or ping.respond?');
  expect(didYouMean('ping.repsond', names)).toBe('; did you mean ping.respond?');
  expect(didYouMean('zzzzzzzz', names)).toBe('');
});
