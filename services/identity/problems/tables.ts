import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { appendOnlyFor, securedByPlace, securedForWorkers } from '#libs/platform/database/tables.ts';

const tables = [
  `alter table problem_record
     add column province text not null default '000000', add column source text not null default 'SYSTEM',
     add column turn text not null default '', add column counted_from date, add column counted_days int,
     add column calendar_version text, add column opened_by text not null default 'SYSTEM',
     add column last_actor text, add column other_person uuid, add column resolution text,
     add column graduated_on date, add column version int not null default 1`,
  `alter table problem_record no force row level security`,
  `alter table person no force row level security`,
  `update problem_record r set province = p.province, turn = p.school,
     state = case r.state when 'SETTLED' then 'RESOLVED' else r.state end
   from person p where p.person_id = r.person_id`,
  `alter table problem_record force row level security`,
  `alter table person force row level security`,
  `alter table problem_record add constraint problem_record_state check (state in ('OPEN', 'VERIFYING', 'DISMISSED',
     'SETTLING', 'PASSED_ON', 'DELETION_REQUESTED', 'RESOLVED', 'OUT_OF_SCOPE'))`,
  `create index problem_record_graduated on problem_record (graduated_on, person_id) where graduated_on is not null`,
  `create table problem_event (
    person_id uuid not null, problem_id uuid not null, ordinal int not null, place bigint not null, act text not null,
    state text not null, unit text not null, subject text not null, at timestamptz not null, sealed bytea,
    papers uuid[] not null, primary key (person_id, problem_id, ordinal),
    foreign key (person_id, problem_id) references problem_record (person_id, problem_id) on update no action)`,
  `create table schooling (
    person_id uuid primary key, status text not null, graduated_on date, admitted boolean not null)`,
  `alter table person add column merged_into uuid`,
];

/** Problem records in all their states, what was done about each, and how the child's schooling stands (W-22, ENR-32). */
export const problemRecordStep: SchemaStep = {
  name: '006-problem-records',
  statements: (roles) => [
    ...tables,
    ...securedByPlace('problem_event', roles),
    ...appendOnlyFor('problem_event', roles, ['place']),
    ...securedForWorkers('schooling', roles),
  ],
};
