import type { TransferDecision } from '#libs/law/transfer/course.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { CaseRecord, KeptStep } from './case-record.ts';

/** A step as a row told in JSON. */
export type StepRow = {
  turn: number;
  party: Party;
  unit: string;
  opened_at: string;
  due_on: string;
  provisional: boolean;
  calendar_version: string;
  counted_from: string | null;
  counted_days: number | null;
  report_due_on: string;
  report_provisional: boolean;
  handled_by: string | null;
  handled_at: string | null;
  opinion: string | null;
  decided_by: string | null;
  decided_at: string | null;
  decision: TransferDecision | null;
  reasons: string[];
  note: string | null;
};

const instant = (told: string | null): string | null => told && new Date(told).toISOString();

export const stepOf = (row: StepRow): KeptStep => ({
  turn: row.turn,
  party: row.party,
  unit: row.unit,
  openedAt: new Date(row.opened_at).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  calendarVersion: row.calendar_version,
  ...(row.counted_from !== null && row.counted_days !== null
    ? { counted: { from: row.counted_from, workingDays: row.counted_days } }
    : {}),
  reportDueOn: row.report_due_on,
  reportProvisional: row.report_provisional,
  handledBy: row.handled_by,
  handledAt: instant(row.handled_at),
  opinion: row.opinion,
  decidedBy: row.decided_by,
  decidedAt: instant(row.decided_at),
  decision: row.decision,
  reason: null,
  reasons: row.reasons,
  note: row.note,
});

export const insertStep = (tx: Tx, { id, person, source, target }: CaseRecord, step: KeptStep) =>
  execute(
    tx,
    `insert into transfer_step (case_id, person_id, source_place, target_place, competent_place, turn, party, unit,
       opened_at, due_on, provisional, calendar_version, counted_from, counted_days, handled_by, handled_at, opinion,
       report_due_on, report_provisional)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      ...[
        id,
        person,
        source.place,
        target.place,
        target.competent?.place ?? null,
        step.turn,
        step.party,
        step.unit,
        step.openedAt,
        step.dueOn,
      ],
      ...[
        step.provisional,
        step.calendarVersion,
        step.counted?.from ?? null,
        step.counted?.workingDays ?? null,
      ],
      ...[step.handledBy, step.handledAt, step.opinion, step.reportDueOn, step.reportProvisional],
    ],
  );

/** Writes who handled or decided a step; one that was decided before stays as it is. */
export const updateStep = (tx: Tx, { id }: CaseRecord, step: KeptStep) =>
  execute(
    tx,
    `update transfer_step set handled_by = $4, handled_at = $5, opinion = $6, decided_by = $7, decided_at = $8,
       decision = $9, reasons = $10::text[], note = $11
     where case_id = $1 and turn = $2 and party = $3 and decided_at is null`,
    [
      ...[id, step.turn, step.party, step.handledBy, step.handledAt, step.opinion, step.decidedBy],
      ...[step.decidedAt, step.decision, [...step.reasons], step.note],
    ],
  );

/** Writes the days of a step as they were counted again. */
export const updateDays = (tx: Tx, { id }: CaseRecord, step: KeptStep) =>
  execute(
    tx,
    `update transfer_step set due_on = $4, provisional = $5, calendar_version = $6, report_due_on = $7,
       report_provisional = $8
     where case_id = $1 and turn = $2 and party = $3 and decided_at is null`,
    [
      ...[id, step.turn, step.party, step.dueOn, step.provisional, step.calendarVersion],
      ...[step.reportDueOn, step.reportProvisional],
    ],
  );
