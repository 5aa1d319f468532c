import { keyFor } from './order-key.ts';

test('an order that is sent again has its key, another content another one', () => {
  let at = 0;
  const next = () => `key ${++at}`;
  const first = keyFor({ school: '1', expectedVersion: 1 }, undefined, next);
  const again = keyFor({ school: '1', expectedVersion: 1 }, first, next);
  const other = keyFor({ school: '1', expectedVersion: 2 }, again, next);
  expect([first, again, other].map(({ key }) => key)).toEqual(['key 1', 'key 1', 'key 2']);
});
