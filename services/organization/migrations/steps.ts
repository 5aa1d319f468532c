import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import { appendOnlyFor, platformTables, type ServiceRoles } from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';
import { closureSteps } from './closure-tables.ts';
import { contactSteps } from './contact-tables.ts';
import { dutySteps, transferSteps } from './duty-tables.ts';
import { mergerSteps, revocationSteps } from './merger-tables.ts';
import { placeFactSteps } from './place-fact-tables.ts';
import { accountUseSteps, registrarSteps } from './registrar-tables.ts';
import { correctionTicketSteps, settingSteps } from './setting-tables.ts';

const unitTables = [
  `create table org_unit (
    code text primary key, name text not null, level text not null, parent text, lo bigint not null,
    hi bigint not null, province text not null, gbt2260 boolean not null, version int not null,
    check (lo <= hi), check ((parent is null) = (level = 'MINISTRY')),
    foreign key (parent) references org_unit (code) on update no action)`,
  `create unique index org_unit_interval on org_unit (lo, hi)`,
  `create index org_unit_parent on org_unit (parent)`,
];

/** A school that has ended keeps its row, so that its code and its place are taken for ever. */
const schoolTables = [
  `create table school (
    code text primary key, name text not null, kind text not null, stages jsonb not null, system text not null,
    ownership text not null, sponsor text not null, state text not null, managed_by text not null,
    authority text not null, unit text not null, province text not null, city text, county text,
    place bigint not null, opened_on date not null, ended_on date, former_names jsonb not null,
    predecessor text, successor text, version int not null,
    check ((state = 'ACTIVE') = (ended_on is null)),
    foreign key (authority) references org_unit (code) on update no action,
    foreign key (unit) references org_unit (code) on update no action)`,
  `create unique index school_place on school (place)`,
  `create index school_authority on school (authority)`,
  `create table number_series (name text primary key, last int not null check (last >= 0))`,
  `create table school_registration (enrollment uuid primary key, school text not null)`,
  `create index school_registration_school on school_registration (school)`,
];

const calendarTables = [
  `create table term_calendar (
    region text, school_year int, terms jsonb not null, version int not null, primary key (region, school_year),
    foreign key (region) references org_unit (code) on update no action)`,
  `create table promotion (
    school_year int primary key, effective_at timestamptz not null, version int not null)`,
  `create table change_record (
    aggregate_id text, version int, action text not null, reason text, caller text not null, unit text,
    at timestamptz not null, primary key (aggregate_id, version))`,
];

const kept = 'org_unit, school, number_series, term_calendar, promotion';

const rights = ({ app, worker }: ServiceRoles): string[] => [
  `revoke delete on ${kept} from ${app}, ${worker}`,
  `revoke insert, update on org_unit from ${app}`,
  `revoke insert, update, delete on school_registration from ${app}`,
];

export const organizationSteps: readonly SchemaStep[] = [
  {
    name: '001-units-schools-calendars',
    statements: (roles) => {
      enforces('ORG-28');
      return [
        ...platformTables(roles),
        ...directoryTables(roles),
        ...unitTables,
        ...schoolTables,
        ...calendarTables,
        ...rights(roles),
        ...appendOnlyFor('change_record', roles),
      ];
    },
  },
  recordingStep,
  ...registrarSteps,
  ...settingSteps,
  ...mergerSteps,
  ...dutySteps,
  ...revocationSteps,
  ...transferSteps,
  ...placeFactSteps,
  ...closureSteps,
  ...contactSteps,
  ...correctionTicketSteps,
  ...accountUseSteps,
];
