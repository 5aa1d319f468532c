import { createPlaces } from './places.ts';

test('a caller has so many places, others have their own, and a place is given back once', () => {
  const places = createPlaces(2);
  const first = places.take('one');
  expect(places.take('one')).toBeDefined();
  expect(places.take('one')).toBeUndefined();
  expect(places.take('other')).toBeDefined();
  first?.();
  first?.();
  expect(places.take('one')).toBeDefined();
  expect(places.take('one')).toBeUndefined();
});
