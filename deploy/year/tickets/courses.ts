import type { World } from '../world/world.ts';
import type { Course } from './notes.ts';

/** What the first complaints come to, so that a small year sees each of the ways; those that follow are drawn. */
const FIRST: readonly Course[] = [
  ...(['SETTLE', 'SLEEP', 'REPORT', 'VERIFY', 'RISE', 'SEND_BACK', 'MERGE', 'SLEEP_TWICE'] as const),
  ...(['REOPEN', 'WITHDRAW', 'FORGET', 'HAND_UP', 'SUPERVISE'] as const),
];

/** Of a hundred complaints so many come to each end; the others are settled by the unit that has them. */
const SHARES: readonly (readonly [Course, number])[] = [
  ...([
    ['VERIFY', 20],
    ['SUPERVISE', 15],
    ['SEND_BACK', 5],
    ['WITHDRAW', 3],
  ] as const),
  ...([
    ['SLEEP', 5],
    ['SLEEP_TWICE', 3],
    ['RISE', 5],
    ['FORGET', 1],
    ['HAND_UP', 2],
  ] as const),
  ...([
    ['MERGE', 3],
    ['REOPEN', 3],
    ['REPORT', 5],
  ] as const),
];

/** What a complaint comes to that is the nth of the year. */
export const courseOf = (world: World, nth: number): Course => {
  const first = FIRST[nth];
  if (first !== undefined) return first;
  let drawn = world.random('course', nth).between(0, 99);
  for (const [course, share] of SHARES) {
    if (drawn < share) return course;
    drawn -= share;
  }
  return 'SETTLE';
};
