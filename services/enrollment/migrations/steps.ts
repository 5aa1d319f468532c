import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import {
  platformTables,
  type ServiceRoles,
  securedByPlace,
  securedByRange,
} from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';
import { grantStep } from '#libs/platform/disclosure/grants.ts';
import { fileTables } from '#libs/platform/files/tables.ts';
import { assessmentSteps } from './assessment-tables.ts';
import { caseSteps } from './case-tables.ts';
import { citySteps } from './city-tables.ts';
import { entrySteps } from './entry-tables.ts';
import { foundSteps } from './found-tables.ts';
import { heldUploadSteps, keptFileSteps } from './held-uploads.ts';
import { ledgerSteps } from './ledger-tables.ts';
import { markSteps } from './mark-tables.ts';
import { recountSteps } from './recount-columns.ts';
import { successionSteps } from './succession-tables.ts';
import { awaitedSteps, transferSteps } from './transfer-tables.ts';

/**
 * One active registration a person, as a constraint and not as the outcome of a process (ENR-06). `version` of
 * `pupil` is the version of everything that enrollment knows of a person.
 */
const registrationTables = [
  `create table pupil (person_id uuid primary key, place bigint not null, version int not null)`,
  `create table enrollment (
    person_id uuid not null, enrollment_id uuid not null, school text not null, place bigint not null,
    province text not null, stage text not null, entry_year_adj int not null, last_grade int not null,
    frozen_at timestamptz, frozen_grade int, class_id uuid, class_wanted text, status text not null,
    channel text not null, active boolean not null, marks jsonb not null, held jsonb not null,
    registered_at timestamptz not null, decided_at timestamptz, decided_by text, decision_reason text,
    due_on date not null, due_provisional boolean not null,
    primary key (person_id, enrollment_id),
    foreign key (person_id) references pupil (person_id) on update no action)`,
  `create unique index enrollment_one_active on enrollment (person_id) where active`,
  `create index enrollment_place on enrollment (place, person_id)`,
  `create index enrollment_waiting on enrollment (place, person_id) where status = 'PENDING_APPROVAL'`,
  `create index enrollment_class on enrollment (class_id, person_id) where class_id is not null`,
  `create table school_class (
    class_id uuid primary key, school text not null, place bigint not null, stage text not null,
    entry_year_adj int not null, name text not null, capacity int not null, size int not null,
    version int not null, unique (school, stage, entry_year_adj, name))`,
  `create index school_class_school on school_class (school, stage, entry_year_adj)`,
];

/**
 * What a school has begun and identity has not yet answered. The form is sealed, and dropped when the intake ends.
 * The same content of the same school is one intake, however often it is handed in.
 */
const intakeTables = [
  `create table intake (
    intake_id uuid primary key, content_key bytea not null, school text not null, place bigint not null,
    province text not null, region text not null, authority text not null, sealed bytea, facts jsonb not null,
    job_id uuid, row_no int, state text not null, findings jsonb not null, person_id uuid, enrollment_id uuid,
    opened_by text not null, opened_at timestamptz not null)`,
  `create unique index intake_open on intake (content_key) where state in ('COLLECTING', 'REGISTERED')`,
  `create index intake_waiting on intake (opened_at) where state = 'COLLECTING'`,
  `create index intake_person on intake (person_id) where person_id is not null`,
  `create table import_job (
    job_id uuid primary key, school text not null, place bigint not null, province text not null,
    upload_id uuid not null, dry_run boolean not null, entry_year int not null, state text not null,
    read int not null, total int, good int not null, registered int not null, bad int not null,
    file_problem jsonb, started_by text not null, started_at timestamptz not null, finished_at timestamptz,
    reached int not null, lease_until timestamptz, version int not null)`,
  `create index import_job_school on import_job (school, started_at)`,
  `create index import_job_running on import_job (started_at) where state in ('WAITING', 'READING', 'REGISTERING')`,
  `create table import_row (
    job_id uuid not null, row_no int not null, place bigint not null, problems jsonb not null,
    primary key (job_id, row_no), foreign key (job_id) references import_job (job_id) on update no action)`,
];

const batchTables = [
  `create table grade_batch (
    batch_id uuid primary key, province text not null, month text not null, place_lo bigint not null,
    place_hi bigint not null, status text not null, due_on date not null, submitted_by text,
    submitted_at timestamptz, checked_at timestamptz, version int not null, unique (province, month))`,
  `create table grade_batch_row (
    batch_id uuid not null, row_id uuid not null, school text not null, place bigint not null, status text not null,
    reason text not null, content_key bytea not null, sealed bytea, facts jsonb not null, findings jsonb not null,
    listed_by text not null, listed_at timestamptz not null,
    primary key (batch_id, row_id), unique (batch_id, content_key),
    foreign key (batch_id) references grade_batch (batch_id) on update no action)`,
];

/** Who leads a class (班主任): one at a time, former ones kept. */
const teacherTables = [
  `create table class_teacher (
    class_id uuid not null, subject text not null, place bigint not null, since timestamptz not null,
    until timestamptz, assigned_by text not null,
    primary key (class_id, subject, since),
    foreign key (class_id) references school_class (class_id) on update no action)`,
  `create unique index class_teacher_current on class_teacher (class_id) where until is null`,
  `create index class_teacher_subject on class_teacher (subject) where until is null`,
];

const listedByPerson = ['pupil', 'enrollment'];
const byPlaceOnly = ['school_class', 'intake', 'import_job', 'import_row', 'grade_batch_row'];

const secured = (roles: ServiceRoles): string[] => [
  ...listedByPerson.flatMap((table) => securedByPlace(table, roles)),
  ...byPlaceOnly.flatMap((table) => securedByPlace(table, roles, false)),
];

export const enrollmentSteps: readonly SchemaStep[] = [
  {
    name: '001-registrations',
    statements: (roles) => {
      enforces('ENR-06', 'PRV-12');
      return [
        ...platformTables(roles),
        ...directoryTables(roles),
        ...fileTables(roles),
        ...registrationTables,
        ...intakeTables,
        ...batchTables,
        ...secured(roles),
      ];
    },
  },
  {
    name: '002-class-teachers',
    statements: (roles) => {
      enforces('PRV-12');
      return [
        ...teacherTables,
        ...securedByPlace('class_teacher', roles, false),
        `revoke delete on class_teacher from ${roles.app}, ${roles.worker}`,
      ];
    },
  },
  {
    name: '003-corrections',
    statements: () => [
      `alter table intake add column corrects boolean not null default false, add column note text`,
      `create unique index intake_correcting on intake (person_id) where corrects and state = 'COLLECTING'`,
    ],
  },
  {
    name: '004-reviews',
    statements: () => [
      `alter table enrollment add column school_note text, add column refusal_ground text,
         add column resubmitted_at timestamptz`,
      `alter table grade_batch_row add column sealed_name bytea, add column person_id uuid,
         add column enrollment_id uuid`,
    ],
  },
  ...caseSteps,
  {
    name: '011-lists-of-a-range',
    statements: (roles) => {
      enforces('PRV-12');
      return [
        ...securedByRange('grade_batch', roles, { lo: 'place_lo', hi: 'place_hi' }),
        `revoke update on grade_batch from ${roles.app}`,
        `grant update (status, submitted_by, submitted_at, version) on grade_batch to ${roles.app}`,
      ];
    },
  },
  {
    name: '012-what-imports-tell',
    statements: () => [
      `alter table import_job add column already int not null default 0, add column held int not null default 0,
         add column warned int not null default 0, add column notes jsonb not null default '[]'`,
      `alter table import_row add column refused boolean not null default true,
         add column warnings jsonb not null default '[]'`,
    ],
  },
  ...markSteps,
  ...ledgerSteps,
  ...entrySteps,
  ...citySteps,
  recordingStep,
  grantStep,
  ...recountSteps,
  {
    name: '022-grade-from-the-instant-alone',
    statements: () => [`alter table enrollment drop column frozen_grade`],
  },
  ...heldUploadSteps,
  ...successionSteps,
  ...transferSteps,
  ...foundSteps,
  ...awaitedSteps,
  {
    // The transfer to which the school of a pupil has agreed, until it has ended (TRF-01, TRF-52).
    name: '028-agreed-leavings',
    statements: () => ['alter table enrollment add column leaves_by uuid'],
  },
  {
    // A place that stands for one that was held before for the same pupil: the two are one (TRF-09, TRF-10).
    name: '029-places-that-follow',
    statements: () => [
      'alter table place_reservation add column follows uuid',
      'create index place_reservation_follows on place_reservation (follows) where follows is not null',
    ],
  },
  {
    // The registration that was tried for a row of a file, by which a transfer can be opened (TRF-53).
    name: '030-registrations-of-file-rows',
    statements: () => ['alter table import_row add column intake_id uuid'],
  },
  ...keptFileSteps,
  ...assessmentSteps,
];
