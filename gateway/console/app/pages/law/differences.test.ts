import fc from 'fast-check';
import { differencesOf } from './differences.ts';

const says = (id: string, value: unknown) => ({ id, value });
const saidBy = ({ value }: { value: unknown }): unknown => value;

test('what only one side says, and what both say otherwise, is told with both sides', () => {
  const here = [says('ENR-01', 10), says('ENR-02', { amount: 1, unit: 'YEAR' }), says('ENR-03', null)];
  const there = [says('ENR-02', { amount: 2, unit: 'YEAR' }), says('ENR-03', null), says('ENR-04', true)];
  expect(differencesOf(here, there, saidBy)).toEqual([
    { id: 'ENR-01', here: says('ENR-01', 10), there: undefined },
    { id: 'ENR-02', here: here[1], there: there[0] },
    { id: 'ENR-04', here: undefined, there: says('ENR-04', true) },
  ]);
});

test('a value that is null is told from something that is not said at all', () => {
  expect(differencesOf([says('ENR-03', null)], [], saidBy)).toHaveLength(1);
});

const law = fc.uniqueArray(
  fc.record({ id: fc.constantFrom('A', 'B', 'C', 'D', 'E'), value: fc.jsonValue() }),
  { selector: ({ id }) => id },
);

test('no place differs from itself, and both ways round the same differs', () => {
  fc.assert(
    fc.property(law, law, (here, there) => {
      expect(differencesOf(here, here, saidBy)).toEqual([]);
      const ids = (one: typeof here, other: typeof here) =>
        differencesOf(one, other, saidBy)
          .map(({ id }) => id)
          .toSorted();
      expect(ids(here, there)).toEqual(ids(there, here));
    }),
  );
});
