import type { IsoDate } from '../dates.ts';

/** The last day of the registration for the college entrance examination in a school year, as a unit has announced it. */
export type ExamRegistration = { region: string; schoolYear: number; endsOn: IsoDate };

/**
 * The announcement that holds along a line of units, the nearest first, for a school year (TRF-16): that of the nearest
 * which made any; undefined where none did.
 */
export const examRegistrationAlong = <Announced extends ExamRegistration>(
  line: readonly string[],
  announced: readonly Announced[],
  schoolYear: number,
): Announced | undefined => {
  const ofYear = announced.filter((each) => each.schoolYear === schoolYear);
  const nearest = line.find((code) => ofYear.some(({ region }) => region === code));
  return ofYear.find(({ region }) => region === nearest);
};
