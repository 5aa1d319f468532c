import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { appendOnlyFor, securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * Registrars, decision-makers and principals with their accounts. `place` is that of the school, or the first place of
 * the unit: its position 0, which no school has. One login holds at most one post at a time.
 */
const registrarTables = [
  `create table registrar (
    registrar_id uuid primary key, workplace text not null, is_school boolean not null, unit text not null,
    province text not null, place bigint not null, subject text not null, roles jsonb not null, name text not null,
    sealed_phone bytea, is_establishment_staff boolean not null, certificate_no text, state text not null,
    nominated_at timestamptz not null, trained_on date, filed_with text, filed_at timestamptz,
    activated_at timestamptz, active_from date, last_used_on date, password_changed_at timestamptz,
    password_expired_at timestamptz, sealed_at timestamptz, suspended_at timestamptz, suspension_reason text,
    replaced_at timestamptz, successor uuid, letter_number text, letter_date date, weeks_checked_to date,
    years_checked_to int, recorded jsonb not null, next_check_on date, version int not null,
    check (activated_at is null or filed_at is not null), check (jsonb_array_length(roles) > 0),
    foreign key (unit) references org_unit (code) on update no action)`,
  `create unique index registrar_subject on registrar (subject) where replaced_at is null`,
  `create index registrar_place on registrar (place, registrar_id)`,
  `create index registrar_workplace on registrar (workplace)`,
  `create index registrar_check on registrar (next_check_on) where next_check_on is not null`,
  `create table training (
    registrar_id uuid, trained_on date, place bigint not null, recorded_by text not null,
    recorded_at timestamptz not null, primary key (registrar_id, trained_on),
    foreign key (registrar_id) references registrar (registrar_id) on update no action)`,
  `create table login_day (
    registrar_id uuid, day date, place bigint not null, primary key (registrar_id, day),
    foreign key (registrar_id) references registrar (registrar_id) on update no action)`,
  `create table account_week (
    registrar_id uuid, week_from date, place bigint not null, missed boolean not null,
    primary key (registrar_id, week_from),
    foreign key (registrar_id) references registrar (registrar_id) on update no action)`,
];

const tables = ['registrar', 'training', 'login_day', 'account_week'];

export const registrarSteps: readonly SchemaStep[] = [
  {
    name: '002-registrars',
    statements: (roles) => {
      enforces('PRV-12', 'ACC-05');
      return [
        ...registrarTables,
        ...tables.flatMap((table) => securedByPlace(table, roles, false)),
        `revoke delete on ${tables.join(', ')} from ${roles.app}, ${roles.worker}`,
        `revoke insert, update on login_day, account_week from ${roles.app}`,
        ...appendOnlyFor('training', roles),
      ];
    },
  },
];

/** How far the figures of weeks have come: one writer at a time. */
export const accountUseSteps: readonly SchemaStep[] = [
  {
    name: '041-account-use',
    statements: ({ app }) => [
      `create table account_use_turn (id int primary key, week_from date, after_place bigint not null)`,
      `insert into account_use_turn values (1, null, -1)`,
      `revoke all on account_use_turn from ${app}`,
    ],
  },
];
