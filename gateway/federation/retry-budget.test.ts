import fc from 'fast-check';
import { RetryBudget } from './retry-budget.ts';

test('of any calls in a row a tenth is retried at most, and ten more', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 500 }), fc.nat(499), (failures, from) => {
      const budget = new RetryBudget();
      const retried = failures.map((isFailed) => {
        budget.earn();
        return isFailed && budget.spend();
      });
      const row = retried.slice(from);
      expect(row.filter(Boolean).length).toBeLessThanOrEqual(10 + row.length / 10);
    }),
  );
});

test('where everything fails the budget is used to the last, and where one in twenty fails it always suffices', () => {
  const budget = new RetryBudget();
  const spent = (every: number, calls: number): number => {
    let count = 0;
    for (let call = 1; call <= calls; call++) {
      budget.earn();
      if (call % every === 0 && budget.spend()) count += 1;
    }
    return count;
  };
  expect(spent(1, 1_000)).toBe(109);
  expect(spent(20, 1_000)).toBe(50);
});
