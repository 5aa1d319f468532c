import type { Stage } from '#libs/contracts/vocabulary.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Attendance, AttendanceBasis, AttendanceEnd } from './attendance.ts';

type Row = {
  attendance_id: string;
  person_id: string;
  basis: AttendanceBasis;
  stage: Stage;
  source_school: string;
  source_place: string;
  source_province: string;
  source_authority: string;
  told_authority: string;
  target_school: string;
  target_place: string;
  target_province: string;
  target_authority: string;
  since: string;
  exempt: boolean;
  in_compliance: boolean;
  fault: string | null;
  due_from: Date | null;
  due_on: string | null;
  provisional: boolean;
  reported_by: string;
  reported_at: Date;
  transfer_id: string | null;
  done_on: string | null;
  ended_on: string | null;
  ended_how: AttendanceEnd | null;
  ended_note: string | null;
  late_on: string | null;
  version: number;
  events: number;
};

const columns = `attendance_id, person_id, basis, stage, source_school, source_place, source_province, source_authority, told_authority,
  target_school, target_place, target_province, target_authority, since::text, exempt, in_compliance, fault, due_from,
  due_on::text, provisional, reported_by, reported_at, transfer_id, done_on::text, ended_on::text, ended_how, ended_note, late_on::text, version,
  events`;

const attendanceOf = (row: Row): Attendance => ({
  id: row.attendance_id,
  person: row.person_id,
  basis: row.basis,
  stage: row.stage,
  source: {
    school: row.source_school,
    place: Number(row.source_place),
    province: row.source_province,
    authority: row.source_authority,
  },
  target: {
    school: row.target_school,
    place: Number(row.target_place),
    province: row.target_province,
    authority: row.target_authority,
  },
  toldAuthority: row.told_authority,
  since: row.since,
  exempt: row.exempt,
  inCompliance: row.in_compliance,
  fault: row.fault,
  dueFrom: row.due_from && new Date(row.due_from).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  reportedBy: row.reported_by,
  reportedAt: new Date(row.reported_at).toISOString(),
  transfer: row.transfer_id,
  doneOn: row.done_on,
  endedOn: row.ended_on,
  endedHow: row.ended_how,
  endedNote: row.ended_note,
  lateOn: row.late_on,
  version: row.version,
  events: row.events,
});

/** Attendances of which a condition is true, as far as the scope covers them; condition and order are texts of this service. */
export const attendancesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Attendance[]> =>
  (await query<Row>(tx, `select ${columns} from transfer_attendance where ${condition}`, parameters)).map(
    attendanceOf,
  );

/** Writes a new attendance; false where one of the person at the school is open already. */
export const insertAttendance = async (tx: Tx, made: Attendance): Promise<boolean> => {
  const { source, target } = made;
  return (
    (await execute(
      tx,
      `insert into transfer_attendance (attendance_id, person_id, basis, stage, source_school, source_place,
         source_province, source_authority, target_school, target_place, target_province, target_authority, since, exempt,
         in_compliance, fault, due_from, due_on, provisional, reported_by, reported_at, transfer_id, done_on, version, events, told_authority)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24,
         $25, $26)
       on conflict (person_id, target_school) where done_on is null and ended_on is null do nothing`,
      [
        ...[made.id, made.person, made.basis, made.stage],
        ...[source.school, source.place, source.province, source.authority],
        ...[target.school, target.place, target.province, target.authority],
        ...[made.since, made.exempt, made.inCompliance, made.fault, made.dueFrom, made.dueOn],
        ...[made.provisional, made.reportedBy, made.reportedAt, made.transfer, made.doneOn],
        ...[made.version, made.events, made.toldAuthority],
      ],
    )) === 1
  );
};

/** Writes how an attendance has ended: by the start of a case, or because the pupil no longer attends. */
export const updateAttendance = (tx: Tx, after: Attendance): Promise<number> =>
  execute(
    tx,
    `update transfer_attendance set transfer_id = $2, done_on = $3, ended_on = $4, ended_how = $5, ended_note = $6,
       version = $7, events = $8
     where attendance_id = $1`,
    [
      after.id,
      after.transfer,
      after.doneOn,
      after.endedOn,
      after.endedHow,
      after.endedNote,
      after.version,
      after.events,
    ],
  );
