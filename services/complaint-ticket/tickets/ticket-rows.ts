import type { TicketKind, TicketOrigin } from '#libs/contracts/vocabulary.ts';
import type { CaseKind } from '#libs/law/ticket/case-steps.ts';
import type { ProblemScope } from '#libs/law/ticket/scope.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Ticket, TicketChannel } from './ticket.ts';

type Row = {
  ticket_id: string;
  kind: TicketKind;
  state: Ticket['state'];
  root_id: string;
  student_id: string | null;
  student_school: string | null;
  person_id: string | null;
  source_unit: string;
  source_place: string;
  target_unit: string;
  target_place: string;
  told_place: string | null;
  province: string;
  origin: TicketOrigin;
  channel: TicketChannel;
  scope: ProblemScope;
  against: string[];
  case_kind: CaseKind | null;
  case_id: string | null;
  late_unit: string | null;
  filed_by: string;
  opened_at: Date;
  sealed: Uint8Array;
  acknowledged_at: Date | null;
  answered_at: Date | null;
  due_on: string | null;
  due_at: Date | null;
  due_provisional: boolean | null;
  ended_at: Date | null;
  task: Ticket['task'];
  report_id: string | null;
  merged_into: string | null;
  cause_id: string | null;
  assigned_to: string | null;
  follow_up: Ticket['followUp'];
  lines: number;
  version: number;
  events: number;
};

const columns = `ticket_id, kind, state, root_id, student_id, student_school, person_id, source_unit, source_place, target_unit,
  target_place, told_place, province, origin, channel, scope, against, case_kind, case_id, late_unit, filed_by, opened_at, sealed, acknowledged_at,
  answered_at, due_on::text, due_at, due_provisional, ended_at, task, report_id, merged_into, cause_id,
  assigned_to, follow_up, lines, version, events`;

const instant = (date: Date | null): string | null => date && new Date(date).toISOString();

const ticketOf = (row: Row): Ticket => ({
  ...{ id: row.ticket_id, kind: row.kind, state: row.state, root: row.root_id },
  ...{ student: row.student_id, school: row.student_school, family: row.person_id },
  source: { code: row.source_unit, place: Number(row.source_place) },
  target: { code: row.target_unit, place: Number(row.target_place) },
  toldPlace: row.told_place === null ? null : Number(row.told_place),
  ...{ province: row.province, origin: row.origin, channel: row.channel, scope: row.scope },
  case: row.case_kind === null || row.case_id === null ? null : { kind: row.case_kind, id: row.case_id },
  lateUnit: row.late_unit,
  ...{ against: row.against, filedBy: row.filed_by, openedAt: new Date(row.opened_at).toISOString() },
  ...{
    sealed: row.sealed,
    acknowledgedAt: instant(row.acknowledged_at),
    answeredAt: instant(row.answered_at),
    endedAt: instant(row.ended_at),
    task: row.task,
    report: row.report_id,
    ...{ mergedInto: row.merged_into, cause: row.cause_id },
    ...{ assignedTo: row.assigned_to, followUp: row.follow_up },
  },
  due:
    row.due_on === null || row.due_at === null
      ? null
      : {
          ...{ on: row.due_on, at: new Date(row.due_at).toISOString() },
          provisional: row.due_provisional === true,
        },
  ...{ lines: row.lines, version: row.version, events: row.events },
});

/** Tickets that meet a condition of ours, as far as the scope covers them; values are bound, never written in. */
export const ticketsWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Ticket[]> =>
  (await query<Row>(tx, `select ${columns} from ticket where ${condition}`, parameters)).map(ticketOf);

/** A ticket with its lock. */
export const lockTicket = async (tx: Tx, id: string): Promise<Ticket | undefined> =>
  (await ticketsWhere(tx, 'ticket_id = $1 for update', [id]))[0];

/** Writes a new ticket. */
export const insertTicket = (tx: Tx, made: Ticket): Promise<number> =>
  execute(
    tx,
    `insert into ticket (ticket_id, kind, state, root_id, student_id, student_school, person_id, source_unit, source_place,
       target_unit, target_place, told_place, province, origin, channel, scope, against, filed_by, opened_at, sealed, lines,
       version, events, case_kind, case_id, late_unit, acknowledged_at, root_place)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17::text[], $18, $19, $20, $21, $22, $23, $24,
       $25, $26, $27, (select target_place from ticket where ticket_id = $4 and ticket_id <> $1))`,
    [
      ...[made.id, made.kind, made.state, made.root, made.student, made.school, made.family],
      ...[made.source.code, made.source.place, made.target.code, made.target.place, made.toldPlace],
      ...[made.province, made.origin, made.channel, made.scope, [...made.against], made.filedBy],
      ...[made.openedAt, made.sealed, made.lines, made.version, made.events],
      ...[made.case?.kind ?? null, made.case?.id ?? null, made.lateUnit, made.acknowledgedAt],
    ],
  );
