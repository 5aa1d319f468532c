import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

export type MatterKind = 'JOINT_PROGRAMME' | 'SPECIAL_CASE';
export type MatterState = 'PENDING' | 'CONFIRMED' | 'DECLINED';

/** What the city is asked about a registration, as it is kept. */
export type Matter = {
  person: string;
  enrollment: string;
  kind: MatterKind;
  place: number;
  school: string;
  province: string;
  /** Code of the city that decides. */
  city: string;
  state: MatterState;
  /** The explanation, sealed under `matterContext`. */
  sealed: Buffer | null;
  askedBy: string;
  askedAt: string;
  dueOn: string;
  provisional: boolean;
  /** By which calendar the day was last counted. */
  dueCalendar: string | null;
  decidedBy: string | null;
  decidedAt: string | null;
  reason: string | null;
  version: number;
};

/** Context under which an explanation is sealed. */
export const matterContext = ({ enrollment, kind }: Pick<Matter, 'enrollment' | 'kind'>): string =>
  `city-matter:${enrollment}:${kind}`;

type Row = {
  person_id: string;
  enrollment_id: string;
  kind: MatterKind;
  place: string;
  school: string;
  province: string;
  city: string;
  state: MatterState;
  sealed: Buffer | null;
  asked_by: string;
  asked_at: Date;
  due_on: string;
  provisional: boolean;
  due_calendar: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
  version: number;
};

const columns = `person_id, enrollment_id, kind, place, school, province, city, state, sealed, asked_by, asked_at,
  due_on::text, provisional, due_calendar, decided_by, decided_at, reason, version`;

const matterOf = (row: Row): Matter => ({
  person: row.person_id,
  enrollment: row.enrollment_id,
  kind: row.kind,
  place: Number(row.place),
  school: row.school,
  province: row.province,
  city: row.city,
  state: row.state,
  sealed: row.sealed,
  askedBy: row.asked_by,
  askedAt: new Date(row.asked_at).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  dueCalendar: row.due_calendar,
  decidedBy: row.decided_by,
  decidedAt: row.decided_at && new Date(row.decided_at).toISOString(),
  reason: row.reason,
  version: row.version,
});

/** Matters that meet a condition of ours; values are bound, never written into the text. */
export const mattersWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Matter[]> =>
  (await query<Row>(tx, `select ${columns} from city_matter where ${condition}`, parameters)).map(matterOf);

/** Writes a matter, new or asked again. */
export const saveMatter = (tx: Tx, matter: Matter): Promise<number> =>
  execute(
    tx,
    `insert into city_matter (person_id, enrollment_id, kind, place, school, province, city, state, sealed, asked_by,
       asked_at, due_on, provisional, decided_by, decided_at, reason, version, due_calendar)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     on conflict (person_id, enrollment_id, kind) do update set state = excluded.state, sealed = excluded.sealed,
       asked_by = excluded.asked_by, asked_at = excluded.asked_at, due_on = excluded.due_on,
       provisional = excluded.provisional, decided_by = excluded.decided_by, decided_at = excluded.decided_at,
       reason = excluded.reason, version = excluded.version, due_calendar = excluded.due_calendar`,
    [
      ...[matter.person, matter.enrollment, matter.kind, matter.place, matter.school, matter.province],
      ...[matter.city, matter.state, matter.sealed, matter.askedBy, matter.askedAt, matter.dueOn],
      ...[matter.provisional, matter.decidedBy, matter.decidedAt, matter.reason, matter.version],
      matter.dueCalendar,
    ],
  );

/** What every event of a matter tells. */
export const matterData = ({ person, enrollment, school, place, province, city }: Matter) => ({
  person,
  enrollment,
  school,
  place,
  province,
  city,
});

export const matterAggregate = ({ enrollment, kind }: Matter): string => `city:${enrollment}:${kind}`;
