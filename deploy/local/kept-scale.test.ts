import { keptScale } from '#deploy/local/kept-scale.ts';

test('who asks for another number of pupils than are kept is told so, and how to begin anew', () => {
  expect(keptScale(2_000, 500, undefined)).toBe('2,000 pupils are kept, not 500; --fresh begins anew.');
  expect(keptScale(2_000, 500, 'db.example:5432')).not.toContain('--fresh');
});

test.each([
  [undefined, 500],
  [500, 500],
])('with %s kept and %s asked for there is nothing to say', (kept, asked) => {
  expect(keptScale(kept, asked, undefined)).toBeUndefined();
});
