/**
 * When the registry of this run begins: the second day of the school year, on which transfers are taken. Its clock stands
 * there, and that of every browser starts there, so that the law says the same on whatever day the tests run.
 */
export const startsAt = '2026-09-02T09:00:00+08:00';
