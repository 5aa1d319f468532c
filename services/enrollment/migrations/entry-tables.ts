import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * Children who have no registration yet: a place that a school has granted, and a deferral by the county of the
 * household (ENR-11). Neither names a person; keyed hashes tell when the child is registered.
 */
const entryTables = [
  `create table entry_place (
    place_id uuid primary key, place bigint not null, school text not null, province text not null, stage text not null,
    school_year int not null, name_key bytea not null, document_key bytea, sealed bytea not null, state text not null,
    opens_on date, due_on date, provisional boolean not null, extended_until date, dated_on date not null,
    no_show_on date, person_id uuid, enrollment_id uuid, entry_id uuid, granted_by text not null,
    granted_at timestamptz not null, version int not null, unique (school, school_year, name_key))`,
  `create index entry_place_list on entry_place (school, granted_at, place_id)`,
  `create index entry_place_due on entry_place (due_on) where state in ('GRANTED', 'EXTENDED')`,
  `create index entry_place_undated on entry_place (dated_on)
     where state in ('GRANTED', 'EXTENDED') and (opens_on is null or provisional)`,
  `create index entry_place_key on entry_place (name_key) where state in ('GRANTED', 'EXTENDED', 'NO_SHOW')`,
  `create index entry_place_document on entry_place (document_key)
     where state in ('GRANTED', 'EXTENDED', 'NO_SHOW') and document_key is not null`,
  `create table deferral (
    deferral_id uuid primary key, place bigint not null, county text not null, province text not null,
    household_county text not null, school_year int not null, name_key bytea not null, document_key bytea,
    sealed bytea not null, state text not null, applied_by text not null, applied_on date not null,
    applied_at timestamptz not null, due_on date not null, provisional boolean not null, decided_by text,
    decided_at timestamptz, reason text, seen_on date, ended_on date, version int not null)`,
  `create unique index deferral_once on deferral (county, school_year, name_key) where state in ('APPLIED', 'DEFERRED')`,
  `create index deferral_place on deferral (place, applied_at, deferral_id)`,
  `create index deferral_guardian on deferral (applied_by, applied_at)`,
  `create index deferral_running on deferral (school_year, seen_on) where state = 'DEFERRED'`,
  `create index deferral_key on deferral (name_key) where state = 'DEFERRED'`,
  `alter table intake add column name_key bytea, add column document_key bytea`,
];

const admissionColumns = [
  `alter table admission add column opens_on date, add column no_show_after date,
     add column no_show_provisional boolean not null default true, add column dated_on date,
     add column extended_until date, add column no_show_on date, add column entry_id uuid,
     add column cancel_ground text, add column cancel_reason text, add column cancel_asked_by text,
     add column cancel_asked_at timestamptz, add column cancel_due_on date, add column cancel_outcome text,
     add column cancel_decided_by text, add column cancel_decided_at timestamptz, add column cancel_answer text`,
  `create index admission_undated on admission (dated_on)
     where state = 'ADMITTED' and no_show_on is null and no_show_provisional`,
  `create index admission_due on admission (no_show_after)
     where state = 'ADMITTED' and no_show_on is null and not no_show_provisional`,
];

const tables = ['entry_place', 'deferral'];

export const entrySteps: readonly SchemaStep[] = [
  {
    name: '015-entry',
    statements: (roles) => {
      enforces('PRV-12', 'ENR-11');
      return [
        ...entryTables,
        ...admissionColumns,
        ...tables.flatMap((table) => securedByPlace(table, roles, false)),
        ...tables.map((table) => `revoke delete on ${table} from ${roles.app}, ${roles.worker}`),
      ];
    },
  },
];
