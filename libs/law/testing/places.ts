import type { LawPlace } from '../layers.ts';

/** Places of the three kinds of stack, for tests: Shanxi, Beiguan in Henan, a county with national texts only. */
export const SHANXI: LawPlace = { province: '140000', city: '140100', county: '140105' };
export const BEIGUAN: LawPlace = { province: '410000', city: '410500', county: '410503' };
export const ELSEWHERE: LawPlace = { province: '440000', city: '440100', county: '440106' };
