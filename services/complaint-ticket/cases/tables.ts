import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { type ServiceRoles, securedByTwoPlaces } from '#libs/platform/database/tables.ts';

/** Steps of cases of other services, between the two sides of each; and the case that a ticket is about. */
const caseTables = (roles: ServiceRoles): string[] => [
  `create table case_step (
    case_kind text not null, case_id uuid not null, step int not null, person_id uuid not null, matter text not null,
    source_place bigint not null, target_place bigint not null, party text not null, unit text not null,
    province text not null, turn int, opened_at timestamptz not null, due_on date, provisional boolean not null,
    done_at timestamptz, lapsed boolean not null, primary key (case_kind, case_id, step))`,
  `create index case_step_late on case_step (province, case_kind, due_on, case_id)
     where done_at is null and due_on is not null and not provisional`,
  ...securedByTwoPlaces('case_step', roles),
  `revoke insert, update, delete on case_step from ${roles.app}`,
  `alter table ticket add column case_kind text, add column case_id uuid, add column late_unit text,
     add constraint ticket_case_whole check ((case_kind is null) = (case_id is null))`,
  `create index ticket_case on ticket (case_kind, case_id, opened_at, ticket_id) where case_id is not null`,
];

export const caseStep: SchemaStep = {
  name: '020-cases',
  statements: (roles) => {
    enforces('PRV-11', 'PRV-12');
    return caseTables(roles);
  },
};
