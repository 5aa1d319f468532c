import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { appendOnlyFor, type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * Changes of key information: at most one that runs for a person, as a constraint. What is asked for lies sealed, and
 * touches nobody before it is applied. Steps are only ever added; the law's day of a change never moves.
 */
const changeTables = [
  `create table key_change (
    person_id uuid not null, change_id uuid not null, place bigint not null, province text not null, school text not null,
    kind text not null, channel text not null, state text not null, sealed bytea not null, findings jsonb not null,
    policy_on date not null, opened_at timestamptz not null, opened_by text not null, ended_at timestamptz,
    version int not null,
    constraint key_change_end check ((state in ('APPLIED', 'REJECTED', 'WITHDRAWN')) = (ended_at is not null)),
    primary key (person_id, change_id),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create unique index key_change_running on key_change (person_id) where ended_at is null`,
  `create index key_change_place on key_change (place, opened_at, change_id)`,
  `create index key_change_checking on key_change (opened_at, change_id) where state = 'RECHECKING'`,
  `create table key_change_step (
    person_id uuid not null, change_id uuid not null, ordinal int not null, place bigint not null, party text not null,
    unit text not null, opened_at timestamptz not null, due_on date not null, provisional boolean not null,
    calendar_version text not null, counted_from date, counted_days int, handled_by text, handled_at timestamptz,
    opinion text, decided_by text, decided_at timestamptz, decision text, reason text,
    primary key (person_id, change_id, ordinal),
    foreign key (person_id, change_id) references key_change (person_id, change_id) on update no action)`,
  `create index key_change_step_open on key_change_step (unit, due_on) where decided_at is null`,
  `create index key_change_step_calendar on key_change_step (calendar_version)
     where decided_at is null and counted_days is not null`,
  `create table key_change_paper (
    person_id uuid not null, change_id uuid not null, upload_id uuid not null, file_id uuid not null,
    place bigint not null, kind text not null, media_type text not null, size bigint not null, added_by text not null,
    added_at timestamptz not null,
    primary key (person_id, change_id, upload_id),
    foreign key (person_id, change_id) references key_change (person_id, change_id) on update no action)`,
];

/** What was known of a person until a change took effect: value, until when, by which change and whose approval (ID-32). */
const historyTables = [
  `create table key_history (
    person_id uuid not null, change_id uuid not null, place bigint not null, sealed bytea not null,
    until timestamptz not null, reason text not null, approver text not null,
    primary key (person_id, change_id),
    foreign key (person_id, change_id) references key_change (person_id, change_id) on update no action)`,
];

const deletionTables = [
  `create table number_deletion (
    person_id uuid not null, deletion_id uuid not null, place bigint not null, province text not null,
    ordinal int not null, state text not null, reason text not null, requested_by text not null,
    requested_at timestamptz not null, decided_by text, decided_at timestamptz, decision_reason text,
    version int not null,
    constraint number_deletion_end check ((state = 'REQUESTED') = (decided_at is null)),
    primary key (person_id, deletion_id),
    foreign key (person_id, ordinal) references student_number (person_id, ordinal) on update no action)`,
  `create unique index number_deletion_running on number_deletion (person_id) where state = 'REQUESTED'`,
  `create index number_deletion_list on number_deletion (requested_at, deletion_id)`,
  `create table number_deletion_paper (
    person_id uuid not null, deletion_id uuid not null, upload_id uuid not null, file_id uuid not null,
    place bigint not null, media_type text not null, size bigint not null, added_by text not null,
    added_at timestamptz not null,
    primary key (person_id, deletion_id, upload_id),
    foreign key (person_id, deletion_id) references number_deletion (person_id, deletion_id) on update no action)`,
];

const written = [
  'key_change',
  'key_change_step',
  'key_change_paper',
  'number_deletion',
  'number_deletion_paper',
];

/** Nobody erases a change, a step, a paper or what was before; a decision on a deletion is a worker's to write. */
const secured = (roles: ServiceRoles): string[] => [
  ...[...written, 'key_history'].flatMap((table) => securedByPlace(table, roles)),
  ...written.map((table) => `revoke delete on ${table} from ${roles.app}, ${roles.worker}`),
  ...appendOnlyFor('key_history', roles, ['place']),
  `revoke insert, update on key_history from ${roles.app}`,
  `revoke update on number_deletion, number_deletion_paper from ${roles.app}`,
];

export const keyChangeSteps: readonly SchemaStep[] = [
  {
    name: '004-key-changes',
    statements: (roles) => {
      enforces('ID-11', 'ID-32', 'ACC-15', 'PRV-12');
      return [...changeTables, ...historyTables, ...deletionTables, ...secured(roles)];
    },
  },
];
