import { createPlaces } from './places.ts';

test('a caller has so many places, others have their own, and a place is given back once', () => {
  let open = 0;
  const places = createPlaces(2, (count) => {
    open = count;
  });
  const first = places.take('one');
  expect(places.take('one')).toBeDefined();
  expect(places.take('one')).toBeUndefined();
  expect(places.take('other')).toBeDefined();
  first?.();
  first?.();
  expect(open).toBe(2);
  expect(places.take('one')).toBeDefined();
  expect(places.take('one')).toBeUndefined();
});
