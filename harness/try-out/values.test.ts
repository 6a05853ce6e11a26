import { expect, it } from 'vitest';
import { GivenValues } from './values.ts';

it.each([
  ['orderId', ['A-1']],
  ['order_id', ['A-1']],
  ['id', ['A-1']],
  ['customer', ['Ann']],
  ['total', [5]],
  ['x', []],
  ['nothing', []],
])('what a target gave is found under %s', (name, found) => {
  const given = new GivenValues();
  given.addAll({ orders: [{ order_id: 'A-1', total: 5 }] });
  given.addAll([{ type: 'text', text: '{"customer":"Ann"}' }]);
  expect(given.get(name)).toEqual(found);
});

it('keeps a few values of a name, each once', () => {
  const given = new GivenValues();
  given.addAll([...Array(9).keys(), 0].map((id) => ({ id })));
  expect(given.get('id')).toEqual([0, 1, 2, 3, 4]);
});
