/**
 * On which day the tests of this run look at the registry: the second of the school year, on which transfers are taken. Its
 * clock stands there, and that of every browser starts there, so that the law says the same on whatever day the tests run.
 */
export const startsAt = '2026-09-02T09:00:00+08:00';

/** When the registry begins: a day earlier, so that something can be overdue. */
export const dayBefore = '2026-09-01T09:00:00+08:00';
