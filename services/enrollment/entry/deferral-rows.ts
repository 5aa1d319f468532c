import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

export type DeferralState = 'APPLIED' | 'DEFERRED' | 'REFUSED' | 'ENTERED' | 'RENEWED' | 'EXPIRED';

/** A guardian's application to let a child enter later, as the county keeps it; no registration stands beside it. */
export type Deferral = {
  id: string;
  place: number;
  /** The county that the application was made to. */
  county: string;
  province: string;
  householdCounty: string;
  schoolYear: number;
  nameKey: Buffer;
  documentKey: Buffer | null;
  /** The child and the grounds, sealed under `deferralContext`. */
  sealed: Buffer;
  state: DeferralState;
  appliedBy: string;
  /** The day whose law the application keeps. */
  appliedOn: string;
  appliedAt: string;
  dueOn: string;
  provisional: boolean;
  /** By which calendar the day was last counted. */
  dueCalendar: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
  endedOn: string | null;
  version: number;
};

/** Context under which the child of a deferral is sealed. */
export const deferralContext = (id: string): string => `deferral:${id}`;

type Row = {
  deferral_id: string;
  place: string;
  county: string;
  province: string;
  household_county: string;
  school_year: number;
  name_key: Buffer;
  document_key: Buffer | null;
  sealed: Buffer;
  state: DeferralState;
  applied_by: string;
  applied_on: string;
  applied_at: Date;
  due_on: string;
  provisional: boolean;
  due_calendar: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
  ended_on: string | null;
  version: number;
};

const columns = `deferral_id, place, county, province, household_county, school_year, name_key, document_key, sealed,
  state, applied_by, applied_on::text, applied_at, due_on::text, provisional, due_calendar, decided_by, decided_at, reason,
  ended_on::text, version`;

const deferralOf = (row: Row): Deferral => ({
  id: row.deferral_id,
  place: Number(row.place),
  county: row.county,
  province: row.province,
  householdCounty: row.household_county,
  schoolYear: row.school_year,
  nameKey: row.name_key,
  documentKey: row.document_key,
  sealed: row.sealed,
  state: row.state,
  appliedBy: row.applied_by,
  appliedOn: row.applied_on,
  appliedAt: new Date(row.applied_at).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  dueCalendar: row.due_calendar,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at && new Date(row.decided_at).toISOString(),
  reason: row.reason,
  endedOn: row.ended_on,
  version: row.version,
});

/** Deferrals that meet a condition of ours; values are bound, never written into the text. */
export const deferralsWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Deferral[]> =>
  (await query<Row>(tx, `select ${columns} from deferral where ${condition}`, parameters)).map(deferralOf);

/** Writes an application; false where one for the same child and school year waits or was granted. */
export const insertDeferral = async (tx: Tx, made: Deferral): Promise<boolean> => {
  const inserted = await execute(
    tx,
    `insert into deferral (deferral_id, place, county, province, household_county, school_year, name_key, document_key,
       sealed, state, applied_by, applied_on, applied_at, due_on, provisional, due_calendar, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
     on conflict (county, school_year, name_key) where state in ('APPLIED', 'DEFERRED') do nothing`,
    [
      ...[made.id, made.place, made.county, made.province, made.householdCounty, made.schoolYear],
      ...[made.nameKey, made.documentKey, made.sealed, made.state, made.appliedBy, made.appliedOn],
      ...[made.appliedAt, made.dueOn, made.provisional, made.dueCalendar, made.version],
    ],
  );
  return inserted > 0;
};

/** Writes what may change of a deferral. */
export const updateDeferral = (tx: Tx, deferral: Deferral): Promise<number> =>
  execute(
    tx,
    `update deferral set state = $2, decided_by = $3, decided_at = $4, reason = $5, ended_on = $6, version = $7
     where deferral_id = $1`,
    [
      ...[deferral.id, deferral.state, deferral.decidedBy, deferral.decidedAt, deferral.reason],
      ...[deferral.endedOn, deferral.version],
    ],
  );

/** What every event of a deferral tells. */
export const deferralData = ({ id, county, place, province, schoolYear }: Deferral) => ({
  deferral: id,
  county,
  place,
  province,
  schoolYear,
});
