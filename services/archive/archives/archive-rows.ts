import type { SendBackReason } from '#libs/contracts/events/archive.ts';
import type { EnrollmentStatus, Stage } from '#libs/contracts/vocabulary.ts';
import type { Custodian } from '#libs/law/archive/custody.ts';
import type { HandOverReason } from '#libs/law/archive/handing-over.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { nextLook } from '../lapses/lapse.ts';
import type { Archive, HandOver } from './archive.ts';

type Row = {
  person_id: string;
  archive_id: string;
  enrollment_id: string;
  school: string;
  target_place: string;
  province: string;
  stage: Stage;
  status: EnrollmentStatus;
  entered_on: string;
  due_on: string | null;
  target_on: string | null;
  opened_on: string | null;
  refreshed_on: string | null;
  received_on: string | null;
  custodian_kind: Custodian['kind'];
  custodian: string;
  source_place: string;
  owed_kind: Custodian['kind'] | null;
  owed_to: string | null;
  owed_place: string | null;
  owed_reason: HandOverReason | null;
  owed_at: Date | null;
  owed_due_on: string | null;
  passed_on_on: string | null;
  sent_back_on: string | null;
  sent_back_reason: SendBackReason | null;
  late_recorded_on: string | null;
  household: string | null;
  household_place: string | null;
  called_at: Date | null;
  filed: boolean;
  copies: string[];
  entries: number;
  last_hash: string | null;
  standing: number;
  version: number;
  events: number;
};

const columns = `person_id, archive_id, enrollment_id, school, target_place, province, stage, status, entered_on::text, due_on::text,
  target_on::text, opened_on::text, refreshed_on::text, received_on::text, custodian_kind, custodian, source_place, owed_kind, owed_to, owed_place, owed_reason,
  owed_at, owed_due_on::text, passed_on_on::text, sent_back_on::text, sent_back_reason, late_recorded_on::text, household, household_place, called_at, filed, copies, entries, last_hash, standing,
  version, events`;

const handOverOf = (row: Row): HandOver | null =>
  row.owed_to === null || row.owed_reason === null || row.owed_at === null || row.owed_due_on === null
    ? null
    : {
        place: Number(row.owed_place),
        reason: row.owed_reason,
        owedAt: new Date(row.owed_at).toISOString(),
        dueOn: row.owed_due_on,
        passedOnOn: row.passed_on_on,
        sentBack:
          row.sent_back_on === null || row.sent_back_reason === null
            ? null
            : { on: row.sent_back_on, reason: row.sent_back_reason },
        lateRecordedOn: row.late_recorded_on,
      };

const archiveOf = (row: Row): Archive => ({
  id: row.archive_id,
  person: row.person_id,
  enrollment: row.enrollment_id,
  school: row.school,
  place: Number(row.target_place),
  province: row.province,
  stage: row.stage,
  status: row.status,
  enteredOn: row.entered_on,
  dueOn: row.due_on,
  targetOn: row.target_on,
  openedOn: row.opened_on,
  refreshedOn: row.refreshed_on,
  receivedOn: row.received_on,
  custody: {
    custodian: { kind: row.custodian_kind, code: row.custodian },
    owedTo:
      row.owed_to === null || row.owed_kind === null ? null : { kind: row.owed_kind, code: row.owed_to },
    passedOn: row.passed_on_on !== null,
    filed: row.filed,
    copies: row.copies,
  },
  custodianPlace: Number(row.source_place),
  handOver: handOverOf(row),
  household:
    row.household === null
      ? null
      : {
          county: row.household,
          place: Number(row.household_place),
          calledAt: row.called_at && new Date(row.called_at).toISOString(),
        },
  entries: row.entries,
  lastHash: row.last_hash,
  standing: row.standing,
  version: row.version,
  events: row.events,
});

/** Archives of which a condition is true, as far as the scope covers them; condition and order are texts of this service. */
export const archivesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Archive[]> =>
  (await query<Row>(tx, `select ${columns} from archive where ${condition}`, parameters)).map(archiveOf);

/** A student's archive, locked for a change; undefined where there is none or the scope does not cover it. */
export const lockArchive = async (tx: Tx, person: string): Promise<Archive | undefined> =>
  (await archivesWhere(tx, 'person_id = $1 for update', [person]))[0];

/** Writes new archives; tells the ids of those that are new, as a student who has one gets no other (ARC-11). */
export const insertArchives = async (tx: Tx, made: readonly Archive[]): Promise<ReadonlySet<string>> => {
  const rows = await insertRows<{ archive_id: string }>(
    tx,
    'archive',
    [
      ['person_id', 'uuid'],
      ['archive_id', 'uuid'],
      ['enrollment_id', 'uuid'],
      ['school', 'text'],
      ['target_place', 'bigint'],
      ['province', 'text'],
      ['stage', 'text'],
      ['status', 'text'],
      ['entered_on', 'date'],
      ['due_on', 'date'],
      ['target_on', 'date'],
      ['opened_on', 'date'],
      ['refreshed_on', 'date'],
      ['custodian_kind', 'text'],
      ['custodian', 'text'],
      ['source_place', 'bigint'],
      ['look_on', 'date'],
      ['entries', 'int'],
      ['last_hash', 'text'],
      ['standing', 'int'],
      ['version', 'int'],
      ['events', 'int'],
    ],
    made.map((each) => [
      ...[each.person, each.id, each.enrollment, each.school, each.place, each.province, each.stage],
      ...[each.status, each.enteredOn, each.dueOn, each.targetOn, each.openedOn, each.refreshedOn],
      ...[each.custody.custodian.kind, each.custody.custodian.code, each.custodianPlace],
      nextLook(each, each.refreshedOn ?? each.enteredOn),
      ...[each.entries, each.lastHash, each.standing, each.version, each.events],
    ]),
    'on conflict (person_id) do nothing returning archive_id',
  );
  return new Set(rows.map(({ archive_id }) => archive_id));
};

/** Archives of persons in the order of their ids, locked for a change. */
export const lockArchives = (tx: Tx, persons: readonly string[]): Promise<Archive[]> =>
  archivesWhere(tx, 'person_id = any($1::uuid[]) order by person_id for update', [[...persons]]);

/** Writes where registrations are now, and whether archives have been opened: what follows from other services' events. */
export const updateSeats = (tx: Tx, changed: readonly Archive[]): Promise<number> =>
  execute(
    tx,
    `update archive a set enrollment_id = r.enrollment, school = r.school, target_place = r.place, province = r.province,
       stage = r.stage, status = r.status, entered_on = r."enteredOn", due_on = r."dueOn", target_on = r."targetOn",
       opened_on = r."openedOn", filed = r.filed, look_on = least(a.look_on, r."dueOn" + 1)
     from jsonb_to_recordset($1::jsonb) as r (person uuid, enrollment uuid, school text, place bigint, province text,
       stage text, status text, "enteredOn" date, "dueOn" date, "targetOn" date, "openedOn" date, filed boolean) where a.person_id = r.person`,
    [JSON.stringify(changed.map(({ custody, ...seat }) => ({ ...seat, filed: custody.filed })))],
  );

const writtenOf = (after: Archive) => {
  const { custody, handOver } = after;
  return {
    ...{ person: after.person, kind: custody.custodian.kind, custodian: custody.custodian.code },
    ...{ place: after.custodianPlace, owed_kind: custody.owedTo?.kind, owed_to: custody.owedTo?.code },
    ...{ owed_place: handOver?.place, owed_reason: handOver?.reason, owed_at: handOver?.owedAt },
    ...{ due: handOver?.dueOn, passed: handOver?.passedOnOn, late: handOver?.lateRecordedOn },
    ...{ sent: handOver?.sentBack?.on, sent_reason: handOver?.sentBack?.reason },
    ...{ copies: custody.copies, entries: after.entries, hash: after.lastHash, standing: after.standing },
    ...{ version: after.version, events: after.events, refreshed: after.refreshedOn },
    ...{ received: after.receivedOn, household: after.household?.county },
    ...{ household_place: after.household?.place, called: after.household?.calledAt },
  };
};

/** Writes what was filed and who keeps it, of any number of archives with one statement. */
export const updateArchives = (tx: Tx, changed: readonly Archive[]): Promise<number> =>
  execute(
    tx,
    `update archive a set custodian_kind = r.kind, custodian = r.custodian, source_place = r.place,
       owed_kind = r.owed_kind, owed_to = r.owed_to, owed_place = r.owed_place, owed_reason = r.owed_reason,
       owed_at = r.owed_at, owed_due_on = r.due, passed_on_on = r.passed, sent_back_on = r.sent, sent_back_reason = r.sent_reason, late_recorded_on = r.late, copies = r.copies,
       entries = r.entries, last_hash = r.hash, standing = r.standing, version = r.version, events = r.events,
       refreshed_on = r.refreshed, received_on = r.received, household = r.household,
       look_on = least(a.look_on, r.due + 1, r.passed + 15, case when r.received is distinct from a.received_on then r.received + 15 end),
       household_place = r.household_place, called_at = r.called
     from jsonb_to_recordset($1::jsonb) as r (person uuid, kind text, custodian text, place bigint, owed_kind text,
       owed_to text, owed_place bigint, owed_reason text, owed_at timestamptz, due date, passed date, sent date, sent_reason text, late date,
       copies text[], entries int, hash text, standing int, version int, events int, refreshed date, received date,
       household text, household_place bigint, called timestamptz)
     where a.person_id = r.person`,
    [JSON.stringify(changed.map(writtenOf))],
  );

/** What lies beside archives is seen from the same places. */
export const movePlaces = async (tx: Tx, moved: readonly Archive[]): Promise<void> => {
  const places = [
    moved.map(({ person }) => person),
    moved.map(({ custodianPlace }) => custodianPlace),
    moved.map(({ place }) => place),
  ];
  for (const table of ['archive_entry', 'archive_measure', 'archive_paper']) {
    await execute(
      tx,
      `update ${table} t set source_place = r.source, target_place = r.target
       from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as r (person, source, target)
       where t.person_id = r.person and (t.source_place, t.target_place) is distinct from (r.source, r.target)`,
      places,
    );
  }
};

/** Notes how a registration stands; nothing of what the archive holds or of who keeps it changes by that. */
export const noteStatus = (
  tx: Tx,
  { person, enrollment, status }: Pick<Archive, 'person' | 'enrollment' | 'status'>,
): Promise<number> =>
  execute(tx, 'update archive set status = $3 where person_id = $1 and enrollment_id = $2', [
    person,
    enrollment,
    status,
  ]);
