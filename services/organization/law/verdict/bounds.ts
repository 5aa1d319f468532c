import { z } from 'zod';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { HypotheticalCase } from '../../generated/types.ts';

/** A day that texts of the law can speak of; what lies far beyond would only be counted through. */
const Day = z.iso.date().refine((day) => day >= '1990-01-01' && day <= '2100-12-31');
const Grade = z.int().min(1).max(12);
const Hours = z.int().min(0).max(5_000);

const ACTS = ['entry', 'change', 'suspension', 'withdrawal', 'gradeChange', 'transfer'] as const;

const Case = z
  .looseObject({
    entry: z.looseObject({ grade: Grade, fullYears: z.int().min(0).max(30) }).nullish(),
    suspension: z
      .looseObject({
        missedHours: Hours.nullish(),
        termHours: Hours.nullish(),
        from: Day,
        to: Day,
        monthsBefore: z.int().min(0).max(120),
        term: z.literal([1, 2]),
      })
      .nullish(),
    gradeChange: z.looseObject({}).nullish(),
    transfer: z.looseObject({ fromGrade: Grade, grade: Grade, appliedOn: Day.nullish() }).nullish(),
  })
  .refine((asked) => ACTS.filter((act) => (asked[act] ?? null) !== null).length === 1, {
    params: { code: 'EXACTLY_ONE_ACT' },
    error: '恰填一类事项。 Exactly one act is asked about.',
  });

const Asked = z.object({ on: Day, case: Case });

/** Acts as the graph hands them on: what has a default is there. */
export type Filled<Act> = Required<Act>;
type FilledCase = {
  [Part in keyof HypotheticalCase]: Filled<Extract<HypotheticalCase[Part], object>> | null;
};

/** The acts of a case. Throws BAD_USER_INPUT with everything that is no case: two acts or none, days and numbers out of all bounds. */
export const boundedCase = (on: string, asked: HypotheticalCase): Omit<FilledCase, 'stage'> => {
  parseInput(Asked, { on, case: asked });
  return asked as Omit<FilledCase, 'stage'>;
};
