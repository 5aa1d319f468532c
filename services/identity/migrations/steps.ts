import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import {
  appendOnlyFor,
  platformTables,
  type ServiceRoles,
  securedByPlace,
  securedForWorkers,
} from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';
import { grantStep } from '#libs/platform/disclosure/grants.ts';
import { problemRecordStep } from '../problems/tables.ts';
import { informationUpdateStep } from '../updates/tables.ts';
import { keyChangeSteps } from './key-change-tables.ts';

const personTables = [
  `create table person (
    person_id uuid primary key, place bigint not null, school text not null, province text not null,
    registered boolean not null, approved boolean not null,
    name text not null, former_name text, gender text not null, birth_date date not null,
    nationality text not null, overseas_category text not null, ethnic_group text, document_type text not null,
    profile jsonb not null, number_kind text, duplicate_checked_at timestamptz not null,
    comparison text not null, compared_at timestamptz, version int not null, created_at timestamptz not null)`,
  `create index person_place on person (place)`,
  `create index person_temporary on person (person_id) where number_kind = 'L_TEMPORARY' and registered and approved`,
  `create table identity_document (
    person_id uuid not null, document_id uuid not null, place bigint not null, type text not null,
    sealed bytea not null, valid_from timestamptz not null, valid_to timestamptz,
    primary key (person_id, document_id),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create table guardian (
    person_id uuid not null, position int not null, place bigint not null, name text not null, relation text not null,
    is_legal boolean not null, ethnic_group text, document_type text not null, sealed_document bytea,
    document_hash bytea, work_unit text, household_address text, phone text,
    primary key (person_id, position),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create table guardian_link (
    person_id uuid not null, subject text not null, place bigint not null, position int not null, basis text not null,
    since timestamptz not null, until timestamptz, linked_by text not null,
    primary key (person_id, subject, since),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create table problem_record (
    person_id uuid not null, problem_id uuid not null, place bigint not null, kind text not null, state text not null,
    opened_at timestamptz not null, due_on date not null, provisional boolean not null, settled_at timestamptz,
    primary key (person_id, problem_id),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create index problem_record_open on problem_record (place, opened_at, problem_id)`,
];

/**
 * One current number a person, every former number kept (ID-01, ID-32), no G number without both of its checks
 * (ID-10): the partial index, the constraints and the lack of any right to change or delete the past are the last
 * line. Requests change nothing here at all; a worker may end a number and move it with its person.
 */
const numberTables = [
  `create table student_number (
    person_id uuid not null, ordinal int not null, place bigint not null, kind text not null, state text not null,
    sealed bytea not null, valid_from timestamptz not null, valid_to timestamptz, reason text not null,
    approver text not null, checks jsonb not null,
    constraint student_number_kind check (kind in ('G_FORMAL', 'J_FORMAL', 'L_TEMPORARY')),
    constraint student_number_end check ((state = 'ACTIVE') = (valid_to is null) and valid_to >= valid_from),
    constraint student_number_verified check (kind <> 'G_FORMAL' or checks @> '{"duplicateCheck": "CLEAN", "comparison": "PASS"}'),
    primary key (person_id, ordinal),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create unique index student_number_current on student_number (person_id) where state = 'ACTIVE'`,
  `create table document_claim (
    hash bytea primary key, person_id uuid not null, intake uuid not null, claimed_at timestamptz not null)`,
  `create table number_claim (hash bytea primary key, person_id uuid not null)`,
  `create table j_sequence (region text, birth_date date, taken int not null, primary key (region, birth_date))`,
  `create table issue_run (
    id uuid primary key, year int not null, unit text not null, lo bigint not null, hi bigint not null,
    state text not null, reached uuid, examined int not null, issued_g int not null, issued_j int not null,
    problems int not null, postponed int not null, started_by text not null, started_at timestamptz not null,
    finished_at timestamptz, unique (year, unit))`,
];

const personal = [
  'person',
  'identity_document',
  'guardian',
  'guardian_link',
  'problem_record',
  'student_number',
];

/** Who holds a document or a number, nationwide: no range of the tree says who may ask. */
const claims = ['document_claim', 'number_claim'];

const secured = (roles: ServiceRoles): string[] => [
  ...personal.flatMap((table) => securedByPlace(table, roles)),
  ...appendOnlyFor('student_number', roles, ['state', 'valid_to', 'place']),
  `revoke update (state, valid_to, place), insert on student_number from ${roles.app}`,
  ...claims.flatMap((table) => securedForWorkers(table, roles)),
  `revoke all on j_sequence from ${roles.app}`,
];

/** Whom refused registrations have found at other schools: for the asking school's transfer alone, through its workers. */
const foundElsewhereStep: SchemaStep = {
  name: '007-found-elsewhere',
  statements: (roles) => {
    enforces('PRV-15');
    return [
      `create table found_elsewhere (
        intake_id uuid primary key, person_id uuid not null, school text not null, found_at timestamptz not null)`,
      ...securedForWorkers('found_elsewhere', roles),
    ];
  },
};

export const identitySteps: readonly SchemaStep[] = [
  {
    name: '001-persons-and-numbers',
    statements: (roles) => {
      enforces('ID-01', 'ID-05', 'ID-10', 'ID-32', 'PRV-12');
      return [
        ...platformTables(roles),
        ...directoryTables(roles),
        ...personTables,
        ...numberTables,
        ...secured(roles),
      ];
    },
  },
  {
    name: '002-claims-of-a-person',
    statements: () => [`create index document_claim_person on document_claim (person_id)`],
  },
  {
    name: '003-likenesses',
    statements: (roles) => {
      enforces('ID-17', 'PRV-12');
      return [
        `create table person_likeness (hash bytea primary key, persons uuid[] not null default '{}')`,
        ...securedForWorkers('person_likeness', roles),
      ];
    },
  },
  recordingStep,
  grantStep,
  ...keyChangeSteps,
  informationUpdateStep,
  problemRecordStep,
  foundElsewhereStep,
];
