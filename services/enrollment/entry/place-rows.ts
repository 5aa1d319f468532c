import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

export type PlaceState = 'GRANTED' | 'EXTENDED' | 'REPORTED' | 'NO_SHOW' | 'JOINED';

/** A place that a school has granted, as it is kept. Days `yyyy-mm-dd`. */
export type EntryPlace = {
  id: string;
  place: number;
  school: string;
  province: string;
  stage: Stage;
  schoolYear: number;
  nameKey: Buffer;
  documentKey: Buffer | null;
  /** The child, sealed under `placeContext`. */
  sealed: Buffer;
  state: PlaceState;
  /** Opening of the term; null until the calendar is entered. */
  opensOn: string | null;
  /** The day after whose end the child counts as a no-show; null where no text sets one. */
  dueOn: string | null;
  provisional: boolean;
  extendedUntil: string | null;
  /** The day on which `dueOn` was last reckoned, and by which calendar. */
  datedOn: string;
  dueCalendar: string | null;
  noShowOn: string | null;
  person: string | null;
  enrollment: string | null;
  /** Entry of the dropout ledger that came of it. */
  entry: string | null;
  grantedBy: string;
  grantedAt: string;
  version: number;
};

/** Context under which the child of a place is sealed. */
export const placeContext = (id: string): string => `entry-place:${id}`;

type Row = {
  place_id: string;
  place: string;
  school: string;
  province: string;
  stage: Stage;
  school_year: number;
  name_key: Buffer;
  document_key: Buffer | null;
  sealed: Buffer;
  state: PlaceState;
  opens_on: string | null;
  due_on: string | null;
  provisional: boolean;
  extended_until: string | null;
  dated_on: string;
  due_calendar: string | null;
  no_show_on: string | null;
  person_id: string | null;
  enrollment_id: string | null;
  entry_id: string | null;
  granted_by: string;
  granted_at: Date;
  version: number;
};

const columns = `place_id, place, school, province, stage, school_year, name_key, document_key, sealed, state,
  opens_on::text, due_on::text, provisional, extended_until::text, dated_on::text, due_calendar, no_show_on::text, person_id,
  enrollment_id, entry_id, granted_by, granted_at, version`;

const placeOf = (row: Row): EntryPlace => ({
  id: row.place_id,
  place: Number(row.place),
  school: row.school,
  province: row.province,
  stage: row.stage,
  schoolYear: row.school_year,
  nameKey: row.name_key,
  documentKey: row.document_key,
  sealed: row.sealed,
  state: row.state,
  opensOn: row.opens_on,
  dueOn: row.due_on,
  provisional: row.provisional,
  extendedUntil: row.extended_until,
  datedOn: row.dated_on,
  dueCalendar: row.due_calendar,
  noShowOn: row.no_show_on,
  person: row.person_id,
  enrollment: row.enrollment_id,
  entry: row.entry_id,
  grantedBy: row.granted_by,
  grantedAt: new Date(row.granted_at).toISOString(),
  version: row.version,
});

/** Places that meet a condition of ours; values are bound, never written into the text. */
export const placesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<EntryPlace[]> =>
  (await query<Row>(tx, `select ${columns} from entry_place where ${condition}`, parameters)).map(placeOf);

/** Writes a new place; false where the school has granted this child one for the year already. */
export const insertPlace = async (tx: Tx, place: EntryPlace): Promise<boolean> => {
  const inserted = await execute(
    tx,
    `insert into entry_place (place_id, place, school, province, stage, school_year, name_key, document_key, sealed, state,
       opens_on, due_on, provisional, dated_on, granted_by, granted_at, version, due_calendar)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (school, school_year, name_key) do nothing`,
    [
      ...[place.id, place.place, place.school, place.province, place.stage, place.schoolYear, place.nameKey],
      ...[place.documentKey, place.sealed, place.state, place.opensOn, place.dueOn, place.provisional],
      ...[place.datedOn, place.grantedBy, place.grantedAt, place.version, place.dueCalendar],
    ],
  );
  return inserted > 0;
};

/** Writes what may change of a place. */
export const updatePlace = (tx: Tx, place: EntryPlace): Promise<number> =>
  execute(
    tx,
    `update entry_place set state = $2, opens_on = $3, due_on = $4, provisional = $5, extended_until = $6, dated_on = $7,
       no_show_on = $8, person_id = $9, enrollment_id = $10, entry_id = $11, version = $12,
       due_calendar = $13
     where place_id = $1`,
    [
      ...[place.id, place.state, place.opensOn, place.dueOn, place.provisional, place.extendedUntil],
      ...[place.datedOn, place.noShowOn, place.person, place.enrollment, place.entry, place.version],
      place.dueCalendar,
    ],
  );

/** What every event of a place tells. */
export const placeData = ({ id, school, place, province, stage, schoolYear }: EntryPlace) => ({
  entryPlace: id,
  school,
  place,
  province,
  stage,
  schoolYear,
});
