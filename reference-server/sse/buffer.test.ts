import { expect, it } from 'vitest';
import { EventBuffer } from './buffer.ts';
import { encodeEvent, eventId, readEventId, retryEvent } from './event.ts';

it('keeps events by their numbers', () => {
  const buffer = new EventBuffer();
  for (const text of ['a', 'b', 'c']) buffer.add(text);
  expect(buffer.next).toBe(3);
  expect([-1, 0, 2, 9].map((event) => buffer.after(event))).toEqual([['a', 'b', 'c'], ['b', 'c'], [], []]);
});

it('drops the oldest events when there are too many, or too long ones', () => {
  const many = new EventBuffer();
  for (let number = 0; number < 1500; number += 1) many.add(String(number));
  expect(many.next).toBe(1500);
  expect(many.after(-1)).toHaveLength(1000);
  expect(many.after(1497)).toEqual(['1498', '1499']);
  const long = new EventBuffer();
  for (const text of ['x'.repeat(200_000), 'y'.repeat(200_000), 'z']) long.add(text);
  expect(long.after(-1).map(([first]) => first)).toEqual(['y', 'z']);
  expect(long.next).toBe(3);
});

it('makes ids that can be read, and reads no others', () => {
  expect(readEventId(eventId(12, 345))).toEqual({ stream: 12, event: 345 });
  for (const id of ['', '1', '1-', '-1', '1-2-3', 'a-b', '1-2 ', ' 1-2', '1-9999999999', '１-２']) {
    expect(readEventId(id)).toBeUndefined();
  }
});

it('says when to come back, in an event that has an id', () => {
  expect(encodeEvent(retryEvent('1-2', 500))).toBe('id: 1-2\nretry: 500\ndata:\n\n');
});
