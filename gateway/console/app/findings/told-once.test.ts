import { toldOnce } from './told-once.ts';

const missing = { ruleId: 'TKT-09', outcome: 'REJECT', message: '缺联系人' };

test('what reads alike is told once, in the order in which it came', () => {
  const other = { ...missing, ruleId: 'TKT-04' };
  expect(toldOnce([missing, other, { ...missing }])).toEqual([missing, other]);
});

test('the same words with another weight are another finding', () =>
  expect(toldOnce([missing, { ...missing, outcome: 'WARN' }])).toHaveLength(2));
