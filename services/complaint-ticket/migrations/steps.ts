import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import {
  platformTables,
  readWhereTold,
  type ServiceRoles,
  securedByOwnPlaces,
  securedByTwoPlaces,
} from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';
import { caseStep } from '../cases/tables.ts';
import { correctionsStep } from '../corrections/corrections.ts';
import { bureauStep, disclosureStep } from '../disclosure/tables.ts';
import { enquiryStep } from '../enquiry/tables.ts';
import { lateStepsStep } from '../late-steps/tables.ts';
import { slipPlaceStep } from '../slips/tables.ts';

/**
 * Complaints and slips in one table: each comes from somebody (`source`) and is handled by somebody (`target`). `person_id` is the
 * student of a ticket that the family itself filed, and nothing elsewhere: guardians see what is theirs. `told_place` is that of
 * a call centre that took it down for another unit. What was said is sealed; who said it, and the papers that may tell it, lie in
 * tables of their own, which nobody but those who take part reads (TKT-16).
 */
const ticketTables = [
  `create table ticket (
    ticket_id uuid primary key, kind text not null, state text not null, root_id uuid not null,
    student_id uuid, student_school text, person_id uuid,
    source_unit text not null, source_place bigint not null, target_unit text not null, target_place bigint not null,
    told_place bigint, province text not null, origin text not null, channel text not null, scope text not null,
    against text[] not null default '{}', filed_by text not null, opened_at timestamptz not null, sealed bytea not null,
    acknowledged_at timestamptz, answered_at timestamptz, due_on date, due_at timestamptz, due_provisional boolean, ended_at timestamptz, task text, report_id uuid, merged_into uuid,
    cause_id uuid, assigned_to text, follow_up text,
    lines int not null, version int not null, events int not null,
    constraint ticket_due check ((due_on is null) = (due_at is null)))`,
  `create index ticket_source on ticket (source_place, opened_at, ticket_id)`,
  `create index ticket_target on ticket (target_place, opened_at, ticket_id)`,
  `create index ticket_told on ticket (told_place, opened_at, ticket_id) where told_place is not null`,
  `create index ticket_unit on ticket (target_unit, opened_at, ticket_id) where ended_at is null`,
  `create index ticket_unit_due on ticket (target_unit, due_at, ticket_id) where ended_at is null`,
  `create index ticket_task on ticket (target_unit, opened_at, ticket_id) where task is not null`,
  `create index ticket_student on ticket (student_id, opened_at, ticket_id) where student_id is not null`,
  `create index ticket_family on ticket (person_id, opened_at, ticket_id) where person_id is not null`,
  `create index ticket_filed_by on ticket (filed_by, opened_at)`,
  `create index ticket_report on ticket (report_id, ticket_id) where report_id is not null`,
  `create index ticket_merged on ticket (merged_into, ticket_id) where merged_into is not null`,
  `create index ticket_cause on ticket (cause_id, opened_at, ticket_id) where cause_id is not null`,
  `create index ticket_assigned on ticket (target_unit, assigned_to, opened_at, ticket_id)
     where ended_at is null and assigned_to is not null`,
  `create index ticket_root on ticket (root_id, opened_at, ticket_id)`,
  `create table ticket_reporter (
    ticket_id uuid primary key, person_id uuid, source_place bigint not null, target_place bigint not null,
    sealed bytea not null)`,
  `create table ticket_paper (
    ticket_id uuid not null, upload_id uuid not null, person_id uuid, source_place bigint not null, target_place bigint not null,
    file_id uuid not null, media_type text not null, size bigint not null, unit text not null, added_by text not null,
    added_at timestamptz not null, primary key (ticket_id, upload_id))`,
  `create table ticket_line (
    ticket_id uuid not null, line int not null, person_id uuid, source_place bigint not null, target_place bigint not null,
    told_place bigint, at timestamptz not null, act text not null, unit text, by_subject text, to_unit text,
    inside boolean not null, sealed bytea, primary key (ticket_id, line))`,
  `create table ticket_clock (
    ticket_id uuid not null, clock text not null, turn int not null, person_id uuid,
    source_place bigint not null, target_place bigint not null, state text not null, started_on date not null,
    due_on date not null, due_at timestamptz not null, provisional boolean not null, calendar_version text not null,
    counted jsonb not null, by_hand boolean not null, reminders timestamptz[] not null, remind_at timestamptz,
    missed_at timestamptz, ended_at timestamptz, primary key (ticket_id, clock, turn),
    constraint ticket_clock_end check ((state = 'RUNNING') = (ended_at is null)))`,
  `create index ticket_clock_due on ticket_clock (due_at, ticket_id) where state = 'RUNNING' and missed_at is null and not provisional`,
  `create index ticket_clock_remind on ticket_clock (remind_at, ticket_id) where state = 'RUNNING' and remind_at is not null`,
  `create index ticket_clock_calendar on ticket_clock (calendar_version, ticket_id) where state = 'RUNNING' and missed_at is null`,
];

const byPlaces = ['ticket', 'ticket_line', 'ticket_clock'];

/** A request only reads: what it orders is carried out by the service on the very version that the rows have shown it. */
const secured = (roles: ServiceRoles): string[] => [
  ...byPlaces.flatMap((table) => securedByTwoPlaces(table, roles)),
  ...['ticket', 'ticket_line'].flatMap((table) => readWhereTold(table, roles)),
  ...['ticket_reporter', 'ticket_paper'].flatMap((table) => securedByOwnPlaces(table, roles)),
  `revoke insert, update on ${byPlaces.join(', ')} from ${roles.app}`,
  `revoke delete on ticket, ticket_line, ticket_clock, ticket_reporter, ticket_paper from ${roles.worker}`,
  `revoke update on ticket_line from ${roles.worker}`,
  `grant update (source_place, target_place) on ticket_line to ${roles.worker}`,
];

export const ticketSteps: readonly SchemaStep[] = [
  {
    name: '001-tickets',
    statements: (roles) => {
      enforces('TKT-16', 'PRV-11', 'PRV-12');
      return [...platformTables(roles), ...directoryTables(roles), ...ticketTables, ...secured(roles)];
    },
  },
  recordingStep,
  enquiryStep,
  disclosureStep,
  caseStep,
  lateStepsStep,
  correctionsStep,
  bureauStep,
  slipPlaceStep,
];
