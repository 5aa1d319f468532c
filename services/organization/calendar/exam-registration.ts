import type { MikroORM } from '@mikro-orm/postgresql';
import type { IsoDate } from '#libs/law/dates.ts';
import { type ExamRegistration, examRegistrationAlong } from '#libs/law/organization/exam-registration.ts';
import { query } from '#libs/platform/database/query.ts';
import { emptyScope, inScope } from '#libs/platform/database/scope.ts';
import type { InputProblem } from '#libs/platform/errors/errors.ts';
import type { Registry } from '../queries.ts';

/** What is wrong with the last day of a registration: one outside of the school year, 1 August to 31 July. */
export const problemsOfExamRegistration = (schoolYear: number, endsOn: IsoDate): InputProblem[] =>
  endsOn >= `${schoolYear}-08-01` && endsOn <= `${schoolYear + 1}-07-31`
    ? []
    : [
        {
          path: ['endsOn'],
          code: 'OUTSIDE_SCHOOL_YEAR',
          message: '日期不在该学年内（8月1日至次年7月31日）。 Not within the school year.',
        },
      ];

/** The announcement that holds in a region for a school year; null where nobody made one, or no unit has the code. */
export const findExamRegistration = async (
  orm: MikroORM,
  registry: Registry,
  { region, schoolYear }: { region: string; schoolYear: number },
): Promise<ExamRegistration | null> => {
  const line = (await registry.line(region)).map(({ code }) => code);
  const announced = await inScope(orm, emptyScope, (tx) =>
    query<ExamRegistration>(
      tx,
      `select region, school_year as "schoolYear", ends_on::text as "endsOn" from exam_registration
       where region = any($1::text[]) and school_year = $2`,
      [line, schoolYear],
    ),
  );
  return examRegistrationAlong(line, announced, schoolYear) ?? null;
};
