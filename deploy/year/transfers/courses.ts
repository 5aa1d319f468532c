import { provinceOf } from '../world/province-of.ts';
import type { Pupil } from '../world/roster.ts';
import type { World } from '../world/world.ts';
import type { Course, TransferKind } from './notes.ts';

/** What the first cases of a kind come to, so that a small year sees each of them; those that follow are drawn. */
const FIRST: Readonly<Record<TransferKind, readonly Course[]>> = {
  IN_PROVINCE_TRANSFER: [
    ...(['APPROVE', 'APPROVE', 'REFUSE', 'WITHDRAW', 'FORGET'] as const),
    ...(['LEAVE_DRAFT', 'SLEEP', 'REFUSED_THERE'] as const),
  ],
  CROSS_PROVINCE_TRANSFER: [
    ...(['APPROVE', 'APPROVE', 'NEVER_REPORTS', 'CALLS_TOO_LATE', 'REFUSE'] as const),
    ...(['WITHDRAW', 'FORGET', 'SLEEP', 'REFUSED_THERE'] as const),
  ],
  CROSS_PROVINCE_STUDY: [
    ...(['APPROVE', 'APPROVE', 'NEVER_REPORTS', 'REFUSE', 'FORGET'] as const),
    ...(['CALLS_TOO_LATE', 'REFUSED_THERE', 'SLEEP'] as const),
  ],
};

/** Of a hundred cases so many come to each end; the others are approved. */
const SHARES: Readonly<Record<TransferKind, readonly (readonly [Course, number])[]>> = {
  IN_PROVINCE_TRANSFER: [
    ...([
      ['REFUSE', 8],
      ['REFUSED_THERE', 3],
      ['WITHDRAW', 6],
      ['FORGET', 4],
    ] as const),
    ...([['LEAVE_DRAFT', 4]] as const),
  ],
  CROSS_PROVINCE_TRANSFER: [
    ...([
      ['REFUSE', 8],
      ['REFUSED_THERE', 3],
      ['WITHDRAW', 5],
      ['FORGET', 4],
    ] as const),
    ...([
      ['NEVER_REPORTS', 5],
      ['CALLS_TOO_LATE', 3],
    ] as const),
  ],
  CROSS_PROVINCE_STUDY: [
    ...([
      ['REFUSE', 4],
      ['REFUSED_THERE', 4],
      ['FORGET', 3],
    ] as const),
    ...([
      ['NEVER_REPORTS', 6],
      ['CALLS_TOO_LATE', 3],
    ] as const),
  ],
};

/** Numbers things from 0, for all actors together. */
export const nthOf = ({ shared: { memory } }: World, what: string): number => {
  const nth = (memory.get(`nth ${what}`) as number | undefined) ?? 0;
  memory.set(`nth ${what}`, nth + 1);
  return nth;
};

/** What a case comes to that is the nth of its kind. */
export const courseOf = (world: World, kind: TransferKind, nth: number, key: string): Course => {
  const first = FIRST[kind][nth];
  if (first !== undefined) return first;
  let drawn = world.random('course', key).between(0, 99);
  for (const [course, share] of SHARES[kind]) {
    if (drawn < share) return course;
    drawn -= share;
  }
  return 'APPROVE';
};

/**
 * What the next case of a kind comes to. A small year has a senior pupil or two who change schools within a province: the first of
 * each province is approved whatever the turn is, so that one is seen to move.
 */
export const nextCourse = (world: World, kind: TransferKind, { school, stage, key }: Pupil): Course => {
  const isFirstSenior =
    kind === 'IN_PROVINCE_TRANSFER' &&
    stage === 'SENIOR' &&
    nthOf(world, `senior ${kind} of ${provinceOf(school)}`) === 0;
  return isFirstSenior ? 'APPROVE' : courseOf(world, kind, nthOf(world, `course of ${kind}`), key);
};
