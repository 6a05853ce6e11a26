import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsIn } from '../testing/driver.ts';
import { encodeEvent, eventId, primeEvent } from './event.ts';

describe('an event', () => {
  it('has its fields line by line and ends with an empty line', () => {
    expect(encodeEvent({ id: '1-2', event: 'message', data: '{}' })).toBe('event: message\nid: 1-2\ndata: {}\n\n');
  });

  it('that primes a client has an id and no data', () => {
    expect(encodeEvent(primeEvent('3-0'))).toBe('id: 3-0\ndata:\n\n');
  });

  it('is read back by another parser, whatever its data', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (data) => {
        const [event] = eventsIn(encodeEvent({ id: '7', event: 'message', data }));
        expect(event).toEqual({ id: '7', event: 'message', data: data.replace(/\r\n|\r/g, '\n') });
      }),
    );
  });
});

it('makes ids that differ between streams and between events', () => {
  const ids = [1, 2, 11].flatMap((stream) => [1, 2, 11].map((event) => eventId(stream, event)));
  expect(new Set(ids).size).toBe(9);
});
