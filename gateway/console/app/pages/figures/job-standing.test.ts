import { isOver, percentOf } from './job-standing.ts';

test.each([
  ['WAITING', false],
  ['RUNNING', false],
  ['DONE', true],
  ['CANCELLED', true],
  ['FAILED', true],
])('%s: nothing more will come: %s', (state, expected) => expect(isOver(state)).toBe(expected));

test('a job that still runs is never shown as whole', () => {
  expect(percentOf({ state: 'RUNNING', progress: 0.999 })).toBe(99);
  expect(percentOf({ state: 'RUNNING', progress: 0 })).toBe(0);
  expect(percentOf({ state: 'DONE', progress: 1 })).toBe(100);
});
