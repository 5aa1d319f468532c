import type { ServiceRoles } from '../database/tables.ts';

/** Public facts that every service keeps a copy of (reference tables), and who may see which child. */
export const directoryTables = (_roles: ServiceRoles): string[] => [
  `create table unit_ref (code text primary key, fact jsonb not null)`,
  `create table school_ref (code text primary key, place bigint not null, authority text not null, fact jsonb not null)`,
  `create index school_ref_place on school_ref (place)`,
  `create table promotion_ref (school_year int primary key, effective_at timestamptz not null)`,
  `create table term_ref (region text, school_year int, terms jsonb not null, primary key (region, school_year))`,
  `create table standing_ref (
    subject text not null, person_id uuid not null, since timestamptz not null, until timestamptz,
    primary key (subject, person_id))`,
];
