import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import {
  platformTables,
  type ServiceRoles,
  securedByTwoPlaces,
  sharedWithPlace,
} from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';
import { applicationTables } from '../applications/tables.ts';
import { attendingMoves, attendingTables } from '../attending/tables.ts';
import { callUpMoves, callUpTables } from '../call-up/tables.ts';
import { missTables } from '../cases/misses.ts';
import { faultTables } from '../faults/tables.ts';

const ends = `('HANDED_OVER', 'REJECTED', 'WITHDRAWN', 'PURGED', 'AUTO_CANCELLED', 'DISCARDED')`;

/**
 * Cases between two schools. One started case a person, and one draft a person and receiving school, as constraints and not
 * as the outcome of a process (TRF-01): several schools may draft, the first start wins, and a draft blocks nobody (CF-14).
 * The law's day of a case never changes once it has started; a step that was decided is history. `purge_at` of a draft is
 * the instant from which it is discarded. `set_aside_until` is until when work of the clock
 * leaves it alone that has failed at it. `events` counts what was told of a case, `version` what a writer has to have seen. `competent_place`
 * is that of the competent authority of a private school where it decides beside the registry authority (TRF-25): it may lie
 * outside of both places.
 */
const caseTables = [
  `create table transfer_case (
    case_id uuid primary key, person_id uuid not null, enrollment_id uuid not null, registration_version int not null,
    kind text not null, state text not null,
    source_school text not null, source_place bigint not null, source_province text not null,
    source_authority text not null, source_stage text not null,
    target_school text not null, target_place bigint not null, target_province text not null,
    target_authority text not null, target_stage text not null, target_grade int not null, entry_year_adj int not null,
    last_grade int not null, stands_still boolean not null default false, class_id uuid,
    competent_authority text, competent_place bigint,
    request jsonb not null, sealed bytea not null, plan jsonb not null, findings jsonb not null, filing jsonb,
    grade_consent boolean not null default false,
    applied_on date not null, policy_on date not null, opened_at timestamptz not null, opened_by text not null,
    started_at timestamptz, purge_at timestamptz, approved_at timestamptz, ended_at timestamptz,
    waits_until timestamptz, set_aside_until timestamptz, release_place boolean not null default false,
    settle_applications boolean not null default false, place_asked_at timestamptz, place_asked_by uuid,
    version int not null, events int not null,
    constraint transfer_case_competence check ((competent_authority is null) = (competent_place is null)),
    constraint transfer_case_end check ((state in ${ends}) = (ended_at is not null)))`,
  `create unique index transfer_case_running on transfer_case (person_id)
     where ended_at is null and started_at is not null`,
  `create unique index transfer_case_draft on transfer_case (person_id, target_school)
     where ended_at is null and started_at is null`,
  `create index transfer_case_person on transfer_case (person_id, opened_at, case_id)`,
  `create index transfer_case_source on transfer_case (source_place, opened_at, case_id)`,
  `create index transfer_case_target on transfer_case (target_place, opened_at, case_id)`,
  `create index transfer_case_competent on transfer_case (competent_place, opened_at, case_id)
     where competent_place is not null`,
  `create index transfer_case_approved on transfer_case (approved_at, case_id) where state in ('APPROVED', 'CALL_UP')`,
  `create index transfer_case_purge on transfer_case (purge_at) where ended_at is null and purge_at is not null`,
  `create index transfer_case_settle on transfer_case (case_id) where settle_applications`,
  `create index transfer_case_release on transfer_case (case_id)
     where release_place or (started_at is null and place_asked_at is not null)`,
  `create table transfer_step (
    case_id uuid not null, person_id uuid not null, source_place bigint not null, target_place bigint not null,
    competent_place bigint, turn int not null, party text not null, unit text not null, opened_at timestamptz not null, due_on date not null,
    provisional boolean not null, calendar_version text not null, counted_from date, counted_days int,
    handled_by text, handled_at timestamptz, opinion text, decided_by text, decided_at timestamptz, decision text,
    reasons text[] not null default '{}', note text, late_recorded_on date,
    report_due_on date not null, report_provisional boolean not null, report_recorded_on date, report_looked_on date,
    primary key (case_id, turn, party),
    foreign key (case_id) references transfer_case (case_id) on update no action)`,
  `create index transfer_step_open on transfer_step (unit, case_id) where decided_at is null`,
  `create index transfer_step_late on transfer_step (due_on, case_id)
     where decided_at is null and late_recorded_on is null and not provisional`,
  `create index transfer_step_report on transfer_step (report_due_on, case_id)
     where decided_at is null and report_recorded_on is null`,
  `create index transfer_step_calendar on transfer_step (calendar_version, case_id) where decided_at is null`,
  `create table transfer_paper (
    case_id uuid not null, person_id uuid not null, source_place bigint not null, target_place bigint not null,
    competent_place bigint, upload_id uuid not null, file_id uuid not null, kind text not null, media_type text not null, size bigint not null,
    added_by text not null, added_at timestamptz not null,
    primary key (case_id, upload_id),
    foreign key (case_id) references transfer_case (case_id) on update no action)`,
];

/** What a competent authority takes part in beside the two sides. */
const caseParts = ['transfer_case', 'transfer_step', 'transfer_paper', 'transfer_call_up'];
const tables = [...caseParts, 'transfer_attendance'];

/** A request moves a case on and never changes whom it is about, between whom, or what was decided before it. */
const caseMoves = `state, registration_version, findings, plan, policy_on, started_at, purge_at, approved_at, ended_at,
  release_place, settle_applications, place_asked_at, place_asked_by, stands_still, filing, grade_consent, version, events`;
const stepMoves = 'handled_by, handled_at, opinion, decided_by, decided_at, decision, reasons, note';

const secured = (roles: ServiceRoles): string[] => [
  ...tables.flatMap((table) => securedByTwoPlaces(table, roles)),
  ...caseParts.flatMap((table) => sharedWithPlace(table, roles, 'competent_place')),
  ...tables.map((table) => `revoke delete on ${table} from ${roles.app}, ${roles.worker}`),
  ...tables.map((table) => `revoke update on ${table} from ${roles.app}`),
  `grant update (${caseMoves}) on transfer_case to ${roles.app}`,
  `grant update (${stepMoves}) on transfer_step to ${roles.app}`,
  `grant update (${callUpMoves}) on transfer_call_up to ${roles.app}`,
  `grant update (${attendingMoves}) on transfer_attendance to ${roles.app}`,
  `revoke update on transfer_paper from ${roles.worker}`,
  `grant update (source_place) on transfer_paper to ${roles.worker}`,
  `revoke insert, update, delete on transfer_fault from ${roles.app}`,
  `revoke delete on transfer_fault from ${roles.worker}`,
];

export const transferSteps: readonly SchemaStep[] = [
  {
    name: '001-transfers',
    statements: (roles) => {
      enforces('TRF-01', 'PRV-12', 'ACC-15');
      return [
        ...platformTables(roles),
        ...directoryTables(roles),
        ...caseTables,
        ...callUpTables,
        ...attendingTables,
        ...faultTables,
        ...missTables(roles),
        ...secured(roles),
        ...applicationTables(roles),
      ];
    },
  },
  recordingStep,
];
