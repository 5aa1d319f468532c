import { appendOnlyFor, type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/** What this service knows of studies, and how they ended as schools classify it and authorities review it (CRT-07). */
const tables = [
  `create table study (
    person_id uuid not null, enrollment_id uuid not null, school text not null, place bigint not null,
    province text not null, stage text not null, status text not null, entry_year_adj int not null,
    last_grade int not null, frozen_at timestamptz, started_on date not null, ended_on date,
    primary key (person_id, enrollment_id))`,
  `create index study_school on study (school, person_id)`,
  `create table school_custodian (school text primary key, unit text not null)`,
  `create table outcome_batch (
    batch_id uuid primary key, school text not null, place bigint not null, province text not null, authority text not null,
    state text not null, uploaded_by text not null, uploaded_at timestamptz not null, due_on date not null,
    provisional boolean not null, late_recorded_on date, handled_by text, handled_at timestamptz, opinion text,
    decided_by text, decided_at timestamptz, reason text, size int not null, held int not null,
    version int not null, events int not null)`,
  `create index outcome_batch_place on outcome_batch (place, uploaded_at, batch_id)`,
  `create index outcome_batch_due on outcome_batch (due_on, batch_id)
     where state = 'UPLOADED' and late_recorded_on is null and not provisional`,
  `create table outcome (
    person_id uuid not null, outcome_id uuid not null, enrollment_id uuid not null, batch_id uuid not null,
    school text not null, place bigint not null, province text not null, stage text not null, kind text not null,
    state text not null, issuer text, stated bytea not null, findings jsonb not null,
    primary key (person_id, outcome_id))`,
  `create unique index outcome_stands on outcome (person_id, enrollment_id)
     where state in ('UPLOADED', 'REVIEWED', 'ISSUED')`,
  `create index outcome_of_batch on outcome (batch_id, person_id)`,
  `create index outcome_to_issue on outcome (issuer, person_id, outcome_id) where state = 'REVIEWED'`,
  `create index outcome_school on outcome (school, person_id)`,
];

export const outcomeTables = (roles: ServiceRoles): string[] => [
  ...tables,
  ...['study', 'outcome_batch', 'outcome'].flatMap((table) => [
    ...securedByPlace(table, roles, table !== 'outcome_batch'),
    `revoke delete on ${table} from ${roles.app}, ${roles.worker}`,
  ]),
  `revoke insert, update on study from ${roles.app}`,
  `revoke insert, update, delete on school_custodian from ${roles.app}`,
  ...appendOnlyFor('outcome', roles, ['state', 'issuer', 'findings']),
  `grant update (school, place) on outcome to ${roles.worker}`,
];
