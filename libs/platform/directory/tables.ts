import type { SchemaStep } from '../database/migrate.ts';
import { type ServiceRoles, securedForWorkers } from '../database/tables.ts';

const publicFacts = ['unit_ref', 'school_ref', 'promotion_ref', 'term_ref'];

/** Public facts that every service keeps a copy of (reference tables), and who may see which child. */
export const directoryTables = (roles: ServiceRoles): string[] => [
  `create table unit_ref (code text primary key, fact jsonb not null)`,
  `create table school_ref (code text primary key, place bigint not null, authority text not null, fact jsonb not null)`,
  `create index school_ref_place on school_ref (place)`,
  `create table promotion_ref (school_year int primary key, effective_at timestamptz not null)`,
  `create table term_ref (region text, school_year int, terms jsonb not null, primary key (region, school_year))`,
  `create table standing_ref (
    subject text not null, person_id uuid not null, since timestamptz not null, until timestamptz,
    primary key (subject, person_id))`,
  ...securedForWorkers('standing_ref', roles),
  ...publicFacts.map((table) => `revoke insert, update, delete on ${table} from ${roles.app}`),
];

/** What the directory learned to keep later: run in every service after its own steps. */
export const directorySteps: readonly SchemaStep[] = [
  {
    name: 'directory-002-accounts-and-settings',
    statements: (roles) => [
      `create table account_ref (
        registrar_id uuid primary key, subject text not null, workplace text not null, fact jsonb not null)`,
      `create index account_ref_subject on account_ref (subject)`,
      ...securedForWorkers('account_ref', roles),
      `create table working_days_ref (year int primary key, fact jsonb not null)`,
      `create table grade_permission_ref (
        province text, kind text, setting text not null, primary key (province, kind))`,
      ...['working_days_ref', 'grade_permission_ref'].map(
        (table) => `revoke insert, update, delete on ${table} from ${roles.app}`,
      ),
    ],
  },
  {
    name: 'directory-003-examination-registrations',
    statements: (roles) => [
      `create table exam_registration_ref (
        region text, school_year int, ends_on date not null, primary key (region, school_year))`,
      `revoke insert, update, delete on exam_registration_ref from ${roles.app}`,
    ],
  },
];
