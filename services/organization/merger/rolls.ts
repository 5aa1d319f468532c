import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { Promotion } from '#libs/law/enrollment/grade.ts';
import {
  hasGrade,
  type Position,
  type SeatedYear,
  type TaughtYears,
  yearOf,
} from '#libs/law/organization/succession.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

/** Pupils of a school who stand at the same point of the grades. */
export type Cohort = { position: Position; pupils: number };

/** Who is registered at a school, as far as enrollment has told. */
export type Roll = {
  /** Registrations that sit in a grade or may come back to one. */
  cohorts: Cohort[];
  /** Registrations that sit in no grade any more, ended ones included: the school keeps their archives. */
  former: number;
  /** Of the former those that have not ended for good: they go along where the school goes. */
  standing: number;
};

const nobody: Roll = { cohorts: [], former: 0, standing: 0 };

export const pupilsOf = ({ cohorts }: Roll): number => cohorts.reduce((sum, { pupils }) => sum + pupils, 0);

type Row = {
  school: string;
  stage: Stage;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | null;
  status: EnrollmentStatus;
  active: boolean;
  pupils: number;
};

const sumOf = (rows: readonly Row[]): number => rows.reduce((sum, { pupils }) => sum + pupils, 0);

const rollOf = (rows: readonly Row[]): Roll => ({
  cohorts: rows
    .filter(({ status }) => hasGrade(status))
    .map((row) => ({
      position: {
        stage: row.stage,
        entryYearAdj: row.entry_year_adj,
        lastGrade: row.last_grade,
        frozenAt: row.frozen_at && new Date(row.frozen_at),
      },
      pupils: row.pupils,
    })),
  former: sumOf(rows.filter(({ status }) => !hasGrade(status))),
  standing: sumOf(rows.filter(({ status, active }) => active && !hasGrade(status))),
});

/** The rolls of schools by their codes. */
export const rollsOf = async (tx: Tx, schools: readonly string[]): Promise<(school: string) => Roll> => {
  const rows = await query<Row>(
    tx,
    `select school, stage, entry_year_adj, last_grade, frozen_at, status, active, count(*)::int as pupils
     from school_registration where school = any($1::text[])
     group by school, stage, entry_year_adj, last_grade, frozen_at, status, active`,
    [schools],
  );
  const bySchool = Map.groupBy(rows, (row) => row.school);
  return (school) => {
    const own = bySchool.get(school);
    return own === undefined ? nobody : rollOf(own);
  };
};

/** The years of schooling in which pupils of a school will be at an instant, each once. */
export const seatedYears = (
  { code, stages }: { code: string; stages: readonly TaughtYears[] },
  { cohorts }: Roll,
  at: Date,
  promotions: readonly Promotion[],
): SeatedYear[] => {
  const pupils = new Map<number, number>();
  for (const cohort of cohorts) {
    const year = yearOf(cohort.position, stages, at, promotions);
    pupils.set(year, (pupils.get(year) ?? 0) + cohort.pupils);
  }
  return [...pupils]
    .map(([year, count]) => ({ school: code, year, pupils: count }))
    .toSorted((a, b) => a.year - b.year);
};
