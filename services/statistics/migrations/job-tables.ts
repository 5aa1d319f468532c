import { enforces } from '#libs/law/enforces.ts';
import { type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/** Long questions by place of the unit that asks. Requests read them; what is written of them goes through the worker's role. */
export const jobTables = (roles: ServiceRoles): string[] => {
  enforces('PRV-12');
  return [
    `create table statistics_job (
      job_id uuid primary key, unit text not null, place bigint not null, scope text not null, lo bigint not null,
      hi bigint not null, dimensions text[] not null, filter jsonb not null, purpose text not null, requested_by text not null,
      requested_at timestamptz not null, state text not null default 'WAITING', as_of timestamptz, counted int not null default 0,
      total int not null default 0, after_place bigint, groups jsonb not null default '[]', rounds int not null default 0,
      agrees boolean, failure text, finished_at timestamptz, lease uuid, lease_until timestamptz, version int not null default 1,
      check (state in ('WAITING', 'RUNNING', 'DONE', 'CANCELLED', 'FAILED')),
      check ((finished_at is null) = (state in ('WAITING', 'RUNNING'))))`,
    `create index statistics_job_open on statistics_job (requested_at, job_id) where state in ('WAITING', 'RUNNING')`,
    `create table job_turn (id int primary key)`,
    `insert into job_turn values (1)`,
    ...securedByPlace('statistics_job', roles, false),
    `revoke insert, update, delete on statistics_job from ${roles.app}`,
    `revoke all on job_turn from ${roles.app}`,
  ];
};
