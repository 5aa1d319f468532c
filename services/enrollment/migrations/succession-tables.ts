import type { SchemaStep } from '#libs/platform/database/migrate.ts';

/**
 * Who entered a registration, or handed it in again, does not decide on it (ACC-18).
 *
 * Schools whose registrations go on in another one. What a registration was before stays with it; of rows that nobody
 * changes only the place does, so that whoever keeps them from now on sees them.
 */
export const successionSteps: readonly SchemaStep[] = [
  {
    name: '024-successions',
    statements: ({ app, worker }) => [
      `alter table enrollment add column former_schools text[] not null default '{}', add column entered_by text[] not null default '{}',
         add column info_due_on date, add column info_confirmed_on date`,
      `alter table import_job add column statement jsonb`,
      `alter table enrollment_case add column handling jsonb`,
      `create table school_succession (
        school text primary key, merger_id uuid not null, into_school text not null, moved int not null default 0,
        cleared_at timestamptz)`,
      `revoke all on school_succession from ${app}`,
      `revoke delete on school_succession from ${worker}`,
      `create index school_ref_succession on school_ref ((fact -> 'succession' ->> 'from'))
         where fact -> 'succession' is not null`,
      ...['guardian_contact', 'dropout_action'].map(
        (table) => `grant update (place) on ${table} to ${worker}`,
      ),
    ],
  },
];
