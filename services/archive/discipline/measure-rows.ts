import type { DisciplinaryMeasure, DisciplineLevel } from '#libs/law/archive/discipline.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Archive } from '../archives/archive.ts';

/** A disciplinary measure of an archive, under the number of its entry. */
export type Measure = DisciplinaryMeasure & { entry: number };

type Row = {
  entry: number;
  level: DisciplineLevel;
  decided_on: string;
  ends_on: string | null;
  revoked_on: string | null;
};

/** The measures that stand in a student's archive, oldest first. */
export const measuresOf = async (tx: Tx, person: string): Promise<Measure[]> =>
  (
    await query<Row>(
      tx,
      `select entry, level, decided_on::text, ends_on::text, revoked_on::text from archive_measure
       where person_id = $1 order by entry`,
      [person],
    )
  ).map((row) => ({
    ...{ entry: row.entry, level: row.level, decidedOn: row.decided_on },
    ...{ endsOn: row.ends_on, revokedOn: row.revoked_on },
  }));

/** Writes a measure beside its entry. */
export const insertMeasure = (tx: Tx, archive: Archive, measure: Measure): Promise<number> =>
  execute(
    tx,
    `insert into archive_measure (person_id, entry, source_place, target_place, level, decided_on, ends_on)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      ...[archive.person, measure.entry, archive.custodianPlace, archive.place],
      ...[measure.level, measure.decidedOn, measure.endsOn],
    ],
  );

/** Notes from which day on a measure no longer stands. */
export const revokeMeasure = (tx: Tx, person: string, entry: number, revokedOn: string): Promise<number> =>
  execute(
    tx,
    `update archive_measure set revoked_on = $3 where person_id = $1 and entry = $2 and revoked_on is null`,
    [person, entry, revokedOn],
  );
