import type { Stage } from '#libs/contracts/vocabulary.ts';
import { entryYearFor, gradeOn, type Promotion, schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { type EnrollmentStatus, statusAfter } from '#libs/law/enrollment/status.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

/** A year of a school, and when it is looked at. */
type Year = { school: string; place: number; stage: Stage; entryYearAdj: number };
export type Moment = { now: string; promotions: readonly Promotion[] };

/** A pupil who was transferred here while away: the class whose place was taken, null where none was named. */
export type Awaited = { schoolClass: string | null };

type Row = Awaited & {
  status: EnrollmentStatus;
  entryYearAdj: number;
  lastGrade: number;
  frozenAt: Date | null;
};

/**
 * Pupils who were transferred into a year of a school while away, and have neither done the formalities nor left it since:
 * the place that was taken for them is theirs until they sit there (TRF-09, TRF-21). Their grade stands still, so they are
 * awaited in the year that has that grade now. Who has been in school here since stands still from another instant.
 */
export const awaitedIn = async (tx: Tx, year: Year, { now, promotions }: Moment): Promise<Awaited[]> => {
  const rows = await query<Row>(
    tx,
    `select e.status, e.entry_year_adj as "entryYearAdj", e.last_grade as "lastGrade", e.frozen_at as "frozenAt",
            (select r.class_id from place_reservation r
               where r.transfer_id = m.transfer_id and r.entry_year_adj = $4) as "schoolClass"
     from enrollment e
     cross join lateral (select t.transfer_id, t.frozen_at from transfer_move t
       where t.person_id = e.person_id and t.enrollment_id = e.enrollment_id
       order by t.moved_at desc limit 1) m
     where e.place = $1 and e.school = $2 and e.stage = $3 and e.active
       and e.status in ('ABROAD', 'LEFT_OTHER', 'WITHDRAWN', 'EXPELLED') and m.frozen_at is not distinct from e.frozen_at`,
    [year.place, year.school, year.stage, year.entryYearAdj],
  );
  const at = new Date(now);
  const running = schoolYearOn(at, promotions);
  return rows.filter(
    (row) =>
      statusAfter(row.status, 'TAKE_UP_AFTER_TRANSFER', year.stage) !== undefined &&
      entryYearFor(gradeOn(row, at, promotions), running) === year.entryYearAdj,
  );
};
