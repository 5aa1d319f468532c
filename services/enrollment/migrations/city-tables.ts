import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

/** What the city confirms before a registration is approved (ENR-18, ENR-19); at the place of the school. */
export const citySteps: readonly SchemaStep[] = [
  {
    name: '016-city-matters',
    statements: (roles) => {
      enforces('PRV-12', 'ENR-18', 'ENR-19');
      return [
        `create table city_matter (
          person_id uuid not null, enrollment_id uuid not null, kind text not null, place bigint not null,
          school text not null, province text not null, city text not null, state text not null, sealed bytea,
          asked_by text not null, asked_at timestamptz not null, due_on date not null, provisional boolean not null,
          decided_by text, decided_at timestamptz, reason text, version int not null,
          primary key (person_id, enrollment_id, kind),
          foreign key (person_id) references pupil (person_id) on update no action)`,
        `create index city_matter_waiting on city_matter (city, asked_at) where state = 'PENDING'`,
        ...securedByPlace('city_matter', roles, false),
        `revoke delete on city_matter from ${roles.app}, ${roles.worker}`,
      ];
    },
  },
];
