import { type Cell, nameOf, rolledUp, Sums, schoolCellOf } from './cells.ts';
import { type Course, daysOf, pupilOn } from './course.ts';

/** By how much a cell changes on a day. */
export type DayCell = Cell & { day: string };

/** One person's course before and after some events. */
export type CourseChange = { before: Course | undefined; after: Course };

const nameOfDay = (cell: DayCell): string => `${cell.day}|${nameOf(cell)}`;

/** Books, with the sign, how the person moves between cells day by day. */
const book = (sums: Sums<DayCell>, course: Course | undefined, sign: 1 | -1): void => {
  if (course === undefined) return;
  let last: Cell | undefined;
  for (const day of daysOf(course)) {
    const now = schoolCellOf(pupilOn(course, day));
    if (last !== undefined) sums.add({ ...last, day }, sign === 1 ? -1 : 1);
    if (now !== undefined) sums.add({ ...now, day }, sign);
    last = now;
  }
};

/**
 * By how much each cell of each block changes on each day because courses became others, summed up and without zeros. It
 * depends on the courses alone, so what is booked in the end is the same in whatever order the events came.
 */
export const dayDeltasOf = (changes: readonly CourseChange[]): DayCell[] => {
  const schools = new Sums(nameOfDay);
  for (const { before, after } of changes) {
    book(schools, before, -1);
    book(schools, after, 1);
  }
  return rolledUp(schools, nameOfDay);
};

/** The same changes whatever the day: what they do to the cells of now. */
export const overDays = (deltas: readonly DayCell[]): Cell[] => {
  const sums = new Sums(nameOf);
  for (const { day: _, ...cell } of deltas) sums.add(cell, 1);
  return sums.nonZero();
};
