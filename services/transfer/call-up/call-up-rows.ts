import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { CaseRecord } from '../cases/case-record.ts';

/** Until when a file may be called up (TRF-33), and what the day was counted from. */
export type CallUpDue = {
  dueOn: string;
  provisional: boolean;
  calendarVersion: string;
  counted?: { from: string; workingDays: number };
};

/** From the last approval until the file is called up. `due`: null where no text sets a limit. */
export type CallUp = {
  due: CallUpDue | null;
  reportedOn: string | null;
  calledUpAt: string | null;
  calledUpBy: string | null;
};

/** A call-up as a row told in JSON. */
export type CallUpRow = {
  due_on: string | null;
  provisional: boolean;
  calendar_version: string | null;
  counted_from: string | null;
  counted_days: number | null;
  reported_on: string | null;
  called_up_at: string | null;
  called_up_by: string | null;
};

const dueOf = (row: CallUpRow): CallUpDue | null => {
  if (row.due_on === null || row.calendar_version === null) return null;
  const { counted_from: from, counted_days: workingDays } = row;
  return {
    dueOn: row.due_on,
    provisional: row.provisional,
    calendarVersion: row.calendar_version,
    ...(from !== null && workingDays !== null ? { counted: { from, workingDays } } : {}),
  };
};

export const callUpOf = (row: CallUpRow): CallUp => ({
  due: dueOf(row),
  reportedOn: row.reported_on,
  calledUpAt: row.called_up_at && new Date(row.called_up_at).toISOString(),
  calledUpBy: row.called_up_by,
});

/** Of whom a call-up is, and between whom. */
type Owner = Pick<CaseRecord, 'id' | 'person' | 'source' | 'target'>;

/** Opens the call-up of a case that everybody has approved. */
export const insertCallUp = (tx: Tx, { id, person, source, target }: Owner, { due }: CallUp) =>
  execute(
    tx,
    `insert into transfer_call_up (case_id, person_id, source_place, target_place, competent_place, due_on, provisional,
       calendar_version, counted_from, counted_days)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      ...[id, person, source.place, target.place, target.competent?.place ?? null],
      ...[due?.dueOn ?? null, due?.provisional ?? false],
      ...[due?.calendarVersion ?? null, due?.counted?.from ?? null, due?.counted?.workingDays ?? null],
    ],
  );

/** Writes that the file was called up; once. */
export const updateCallUp = (
  tx: Tx,
  { id }: Pick<Owner, 'id'>,
  { reportedOn, calledUpAt, calledUpBy }: CallUp,
) =>
  execute(
    tx,
    `update transfer_call_up set reported_on = $2, called_up_at = $3, called_up_by = $4
     where case_id = $1 and called_up_at is null`,
    [id, reportedOn, calledUpAt, calledUpBy],
  );

/** Writes a due day that was counted again. */
export const moveCallUpDue = (tx: Tx, { id }: Pick<Owner, 'id'>, due: Omit<CallUpDue, 'counted'>) =>
  execute(
    tx,
    'update transfer_call_up set due_on = $2, provisional = $3, calendar_version = $4 where case_id = $1',
    [id, due.dueOn, due.provisional, due.calendarVersion],
  );
