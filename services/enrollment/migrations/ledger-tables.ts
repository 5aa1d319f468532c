import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * The dropout ledger (W-15). A child that was never registered has no person: what is known of it is sealed. One entry
 * of a person is open at a time. Actions are only ever added.
 */
const ledgerTables = [
  `create table dropout_entry (
    entry_id uuid primary key, place bigint not null, province text not null, county text, authority text not null,
    school text, person_id uuid, enrollment_id uuid, sealed bytea, stage text not null, grade_one_year int,
    migrant boolean not null, source text not null, since date not null, state text not null, household_county text,
    term_closes_on date, confirmed_at timestamptz, reported_to text[] not null, reported_at timestamptz,
    household_told_on date, last_action_on date not null, next_action_on date not null, stale_on date,
    opened_at timestamptz not null, opened_by text not null, ended_at timestamptz, version int not null,
    check ((person_id is null) = (sealed is not null)))`,
  `create unique index dropout_entry_open on dropout_entry (person_id) where person_id is not null and ended_at is null`,
  `create index dropout_entry_place on dropout_entry (place, opened_at, entry_id)`,
  `create index dropout_entry_quiet on dropout_entry (last_action_on) where ended_at is null and stale_on is null`,
  `create index dropout_entry_years on dropout_entry (grade_one_year) where ended_at is null`,
  `create index dropout_entry_migrant on dropout_entry (term_closes_on)
     where ended_at is null and household_county is not null and household_told_on is null`,
  `create table dropout_action (
    entry_id uuid not null, ordinal int not null, place bigint not null, kind text not null, acted_on date not null,
    measure text, reached boolean, sealed bytea, unit text not null, acted_by text not null, at timestamptz not null,
    primary key (entry_id, ordinal),
    foreign key (entry_id) references dropout_entry (entry_id) on update no action)`,
];

const overrunColumns = [
  `alter table enrollment add column overrun_seen_on date, add column overrun_told_for date`,
  `create index enrollment_overrun on enrollment (suspended_until) where status = 'SUSPENDED' and active`,
];

const tables = ['dropout_entry', 'dropout_action'];

/** The ledger is the school's and its authorities': neither a family nor a class teacher has it in a short list. */
export const ledgerSteps: readonly SchemaStep[] = [
  {
    name: '014-dropout-ledger',
    statements: (roles) => {
      enforces('PRV-12', 'ENR-60');
      return [
        ...ledgerTables,
        ...overrunColumns,
        ...tables.flatMap((table) => securedByPlace(table, roles, false)),
        ...tables.map((table) => `revoke delete on ${table} from ${roles.app}, ${roles.worker}`),
        `revoke update on dropout_action from ${roles.app}, ${roles.worker}`,
      ];
    },
  },
];
