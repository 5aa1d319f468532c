import type { SchemaStep } from '#libs/platform/database/migrate.ts';

/** A decision by which schools end in another one, with a line for each that ends. A school ends once. */
const mergerTables = [
  `alter table school add column succession jsonb`,
  `create table school_merger (
    merger_id uuid primary key, kind text not null, standing text not null, from_on date not null,
    document_number text, document_on date, reason text, authority text not null, province text not null,
    decided_by text not null, decided_at timestamptz not null, done_at timestamptz,
    foreign key (standing) references school (code) on update no action,
    check (kind in ('MERGER', 'CHANGE_OF_TYPE')))`,
  `create index school_merger_standing on school_merger (standing)`,
  `create table school_merger_part (
    merger_id uuid not null, school text not null, ended_on date, moved int, primary key (school),
    foreign key (merger_id) references school_merger (merger_id) on update no action,
    foreign key (school) references school (code) on update no action)`,
  `create index school_merger_part_merger on school_merger_part (merger_id)`,
];

/**
 * Registrations with where they stand in the grades: a projection, which reads its source again from the beginning to
 * know it.
 */
const registrationColumns = [
  `delete from school_registration`,
  `delete from inbox_checkpoint where consumer = 'organization-school-registrations'`,
  `delete from inbox_parked where consumer = 'organization-school-registrations'`,
  `alter table school_registration add column stage text not null, add column entry_year_adj int not null,
     add column last_grade int not null, add column frozen_at timestamptz, add column status text not null,
     add column active boolean not null,
     add column moved_by uuid`,
  `create index school_registration_moved on school_registration (moved_by) where moved_by is not null`,
];

/** A merger that was taken back: its schools stay, and may be merged anew. */
const revocation = [
  `alter table school_merger add column revoked_at timestamptz, add column revoked_by text,
     add column revocation_reason text,
     add constraint school_merger_revocation check ((revoked_at is null) = (revoked_by is null)
       and (revoked_at is null) = (revocation_reason is null) and (revoked_at is null or done_at is null))`,
  `alter table school_merger_part add column revoked boolean not null default false,
     drop constraint school_merger_part_pkey, add primary key (merger_id, school)`,
  `create unique index school_merger_part_once on school_merger_part (school) where not revoked`,
];

export const mergerSteps: readonly SchemaStep[] = [
  {
    name: '004-mergers',
    statements: ({ app, worker }) => [
      ...mergerTables,
      ...registrationColumns,
      `revoke delete on school_merger, school_merger_part from ${app}, ${worker}`,
      `revoke update on school_merger, school_merger_part from ${app}`,
    ],
  },
];

export const revocationSteps: readonly SchemaStep[] = [
  {
    name: '006-revoked-mergers',
    statements: ({ app }) => [
      ...revocation,
      `grant update (revoked_at, revoked_by, revocation_reason) on school_merger to ${app}`,
      `grant update (revoked) on school_merger_part to ${app}`,
    ],
  },
];
