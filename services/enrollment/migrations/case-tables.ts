import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';
import { takenUploads } from '#libs/platform/files/tables.ts';

/**
 * Cases about a registration: at most one that runs for a person, as a constraint. Steps are only ever added; a step
 * that was decided is history. The law's day of a case never changes: a running case keeps the rules it began under.
 */
const caseTables = [
  `create table enrollment_case (
    person_id uuid not null, case_id uuid not null, enrollment_id uuid not null, school text not null,
    place bigint not null, province text not null, kind text not null, state text not null, parties text[] not null,
    facts jsonb not null, findings jsonb not null, sealed bytea, policy_on date not null, opened_at timestamptz not null,
    opened_by text not null, ended_at timestamptz, version int not null,
    primary key (person_id, case_id),
    foreign key (person_id) references pupil (person_id) on update no action)`,
  `create unique index enrollment_case_running on enrollment_case (person_id) where state = 'RUNNING'`,
  `create index enrollment_case_place on enrollment_case (place, opened_at, case_id)`,
  `create table case_step (
    person_id uuid not null, case_id uuid not null, ordinal int not null, place bigint not null, party text not null,
    unit text not null, opened_at timestamptz not null, due_on date not null, provisional boolean not null,
    calendar_version text not null, handled_by text, handled_at timestamptz, opinion text, decided_by text,
    decided_at timestamptz, decision text, reason text,
    primary key (person_id, case_id, ordinal),
    foreign key (person_id, case_id) references enrollment_case (person_id, case_id) on update no action)`,
  `create index case_step_open on case_step (unit, due_on) where decided_at is null`,
  `create table case_evidence (
    person_id uuid not null, case_id uuid not null, file_id uuid not null, place bigint not null, kind text not null,
    issuer_level text, media_type text not null, size bigint not null, added_by text not null, added_at timestamptz not null,
    primary key (person_id, case_id, file_id),
    foreign key (person_id, case_id) references enrollment_case (person_id, case_id) on update no action)`,
  `alter table enrollment add column dropout_mark boolean not null default false,
     add column away_reason text, add column at_specialized_school boolean not null default false,
     add column overseas_experience boolean not null default false, add column suspended_until date,
     add column graduated_on date`,
];

/**
 * Who is to go on at which school. The row is the admitting school's; the registration stays where it is until the
 * pupil has reported (ENR-27). One admission a person waits at a time.
 */
const admissionTables = [
  `create table admission (
    person_id uuid not null, admission_id uuid not null, place bigint not null, school text not null,
    province text not null, stage text not null, entry_year int not null, last_grade int not null,
    from_enrollment uuid not null, from_school text not null, state text not null, version int not null,
    admitted_at timestamptz not null, admitted_by text not null, reported_on date, ended_at timestamptz,
    ended_by text, reason text, due_on date, enrollment_id uuid,
    primary key (person_id, admission_id),
    foreign key (person_id) references pupil (person_id) on update no action)`,
  `create unique index admission_waiting on admission (person_id) where state = 'ADMITTED'`,
  `create index admission_school on admission (school, state, admitted_at, admission_id)`,
];

const tables = ['enrollment_case', 'case_step', 'case_evidence', 'admission'];

/** What is about a child is seen with the child; nobody erases a case, a step or a paper. */
export const caseSteps: readonly SchemaStep[] = [
  {
    name: '010-cases',
    statements: (roles) => {
      enforces('PRV-12', 'ACC-15');
      return [
        ...takenUploads,
        ...caseTables,
        ...admissionTables,
        ...tables.flatMap((table) => securedByPlace(table, roles)),
        ...tables.map((table) => `revoke delete on ${table} from ${roles.app}, ${roles.worker}`),
      ];
    },
  },
];
