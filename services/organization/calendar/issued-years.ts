import { type IsoDate, isIsoDate, partsOf, weekday } from '#libs/law/dates.ts';
import type { InputProblem } from '#libs/platform/errors/errors.ts';

/** The days of a year as they are to be published. */
export type YearToIssue = { year: number; holidays: readonly IsoDate[]; makeUpDays: readonly IsoDate[] };

/**
 * Everything that is wrong with the working days of a year (ORG-28): a day of another year, a day given twice, a make-up
 * day that is a weekday, a year that is over.
 */
export const problemsOfYear = ({ year, holidays, makeUpDays }: YearToIssue, on: IsoDate): InputProblem[] => [
  ...(year < partsOf(on).year
    ? [
        {
          path: ['year'],
          code: 'YEAR_IS_OVER',
          message: '该年度已过，不再变更工作日。 The year is over; its days stay.',
        },
      ]
    : []),
  ...problemsOfDays('holidays', year, holidays),
  ...problemsOfDays('makeUpDays', year, makeUpDays),
  ...makeUpDays.flatMap((day, nth) =>
    isIsoDate(day) && weekday(day) <= 5
      ? [
          {
            path: ['makeUpDays', nth],
            code: 'NOT_A_WEEKEND',
            message: '调休上班日须为周六或周日。 A make-up day is a Saturday or Sunday.',
          },
        ]
      : [],
  ),
  ...makeUpDays.flatMap((day, nth) =>
    holidays.includes(day)
      ? [
          {
            path: ['makeUpDays', nth],
            code: 'BOTH',
            message: '同一天既列为放假又列为上班。 The day is given as a day off as well.',
          },
        ]
      : [],
  ),
];

const problemsOfDays = (field: string, year: number, days: readonly IsoDate[]): InputProblem[] =>
  days.flatMap((day, nth) => {
    const path = [field, nth];
    if (!day.startsWith(`${year}-`))
      return [{ path, code: 'OTHER_YEAR', message: '日期不在该年度。 Not a day of this year.' }];
    return days.indexOf(day) < nth
      ? [{ path, code: 'DAY_TWICE', message: '日期重复。 The day is given twice.' }]
      : [];
  });
