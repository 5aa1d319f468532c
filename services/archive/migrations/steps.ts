import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { recordingStep } from '#libs/platform/database/recording.ts';
import {
  appendOnlyFor,
  platformTables,
  type ServiceRoles,
  securedByList,
  securedByPlace,
  securedByTwoPlaces,
  securedForWorkers,
  sharedWithPlace,
} from '#libs/platform/database/tables.ts';
import { directoryTables } from '#libs/platform/directory/tables.ts';

const entryColumns = `kind text not null, change text, level text, occurred_on date not null, source text not null,
    author text not null, at timestamptz not null, content bytea, words_hash text, corrects int, matter uuid, papers uuid[] not null default '{}',
    previous_hash text, content_hash text not null`;

/**
 * One archive a person, for life (ARC-11). `target_place` is where the registration is, `source_place` where the custodian
 * stands: both sides see it while they are apart. An entry is never altered (ARC-25); only the places move with the archive.
 */
const archiveTables = [
  `create table archive (
    person_id uuid primary key, archive_id uuid not null unique, enrollment_id uuid not null, school text not null,
    target_place bigint not null, province text not null, stage text not null, status text not null,
    entered_on date not null, due_on date, target_on date, opened_on date, refreshed_on date, received_on date,
    custodian_kind text not null, custodian text not null, source_place bigint not null,
    owed_kind text, owed_to text, owed_place bigint, owed_reason text, owed_at timestamptz, owed_due_on date,
    passed_on_on date, late_recorded_on date, household text, household_place bigint, called_at timestamptz, filed boolean not null default false, copies text[] not null default '{}',
    entries int not null default 0, last_hash text, standing int not null default 1,
    version int not null, events int not null,
    constraint archive_household check ((household is null) = (household_place is null)),
    constraint archive_called check (called_at is null or household is not null),
    constraint archive_owed check ((owed_to is null) = (owed_due_on is null)),
    constraint archive_apart check (owed_to is null or owed_to <> custodian),
    constraint archive_passed check (passed_on_on is null or owed_to is not null))`,
  `create index archive_owed_by on archive (source_place, owed_at, person_id) where owed_to is not null`,
  `create index archive_owed_to on archive (owed_place, owed_at, person_id) where owed_to is not null`,
  `create index archive_late on archive (owed_due_on, person_id)
     where owed_to is not null and passed_on_on is null and late_recorded_on is null`,
  `create index archive_called on archive (called_at, person_id) where called_at is not null`,
  `create index archive_custodian on archive (custodian, person_id)`,
  `create index archive_copies on archive using gin (copies)`,
  `create index archive_school on archive (target_place, person_id)`,
  `create table archive_entry (
    person_id uuid not null, entry int not null, source_place bigint not null, target_place bigint not null,
    ${entryColumns}, primary key (person_id, entry))`,
  `create unique index archive_entry_source on archive_entry (person_id, source)`,
  `create table archive_measure (
    person_id uuid not null, entry int not null, source_place bigint not null, target_place bigint not null,
    level text not null, decided_on date not null, ends_on date, revoked_on date,
    primary key (person_id, entry))`,
  `create table archive_copy (
    person_id uuid not null, unit text not null, place bigint not null, entries int not null, last_hash text,
    stored_at timestamptz not null, primary key (person_id, unit))`,
  `create table archive_copy_entry (
    person_id uuid not null, unit text not null, place bigint not null, entry int not null,
    ${entryColumns}, primary key (person_id, unit, entry))`,
  `create table archive_paper (
    person_id uuid not null, print int not null, source_place bigint not null, target_place bigint not null,
    categories text[] not null, reason text, keeper text, printed_on date not null, printed_by text not null,
    primary key (person_id, print))`,
  `create table archive_matter (
    person_id uuid not null, matter_id uuid not null, papers uuid[] not null, primary key (person_id, matter_id))`,
  `create table archive_transfer_backup (
    person_id uuid not null, transfer_id uuid not null, unit text not null, place bigint not null,
    stored_at timestamptz not null, primary key (person_id, transfer_id))`,
];

/** A school that is to be closed: who keeps its archives from then on, and whether all of them are there (ARC-14). */
const closureTable = `create table archive_closure (
    school text primary key, closure_id uuid not null, place bigint not null, province text not null,
    authority text not null, decided_at timestamptz not null, custodian_kind text, custodian text,
    custodian_place bigint, named_at timestamptz, named_by text, namings int not null default 0, moved int not null default 0, settled_at timestamptz,
    constraint archive_closure_named check ((custodian is null) = (named_by is null)))`;

/** The life of a student line by line: a read model of what every service tells, for whoever sees the archive. */
const lifeTable = [
  `create table life_line (
    person_id uuid not null, event_id uuid not null, at timestamptz not null, kind text not null, unit text, to_unit text,
    matter uuid, entry int, position jsonb, status text, custodian jsonb, primary key (person_id, event_id))`,
  `create index life_line_order on life_line (person_id, at, event_id)`,
];

/** Whose archives have gone with the closure of a school: they come back where that is taken back. A step of its own. */
const closureMoves = (roles: ServiceRoles): string[] => [
  `create table archive_closure_move (
    person_id uuid not null, closure_id uuid not null, custodian text not null, school text not null,
    school_place bigint not null, primary key (person_id, closure_id))`,
  `create index archive_closure_move_of on archive_closure_move (closure_id, person_id)`,
  ...securedForWorkers('archive_closure_move', roles),
];

/** What was not done in its time or lacks, once each; and the day on which each archive is looked at for it. A step of its own. */
const lapses = (roles: ServiceRoles): string[] => [
  `create table archive_lapse (
    person_id uuid not null, lapse_id uuid not null, rule text not null, about text not null, code text not null,
    unit text not null, place bigint not null, due_on date, recorded_at timestamptz not null,
    primary key (person_id, lapse_id), unique (person_id, rule, about))`,
  `create index archive_lapse_order on archive_lapse (place, recorded_at, lapse_id)`,
  ...securedByPlace('archive_lapse', roles, false),
  `revoke insert on archive_lapse from ${roles.app}`,
  ...appendOnlyFor('archive_lapse', roles),
  `alter table archive add column look_on date not null default '2013-09-01'`,
  `create index archive_look on archive (look_on, person_id)`,
  `grant update (look_on) on archive to ${roles.app}`,
];

const twoSided = ['archive', 'archive_entry', 'archive_measure', 'archive_paper'];
const ofOneUnit = ['archive_copy', 'archive_copy_entry', 'archive_transfer_backup'];
const history = ['archive_entry', 'archive_copy_entry'];

/** What a request may change of an archive: what was filed, and where it is on its way. */
const moves = `custodian_kind, custodian, source_place, owed_kind, owed_to, owed_place, owed_reason, owed_at,
  owed_due_on, passed_on_on, late_recorded_on, refreshed_on, received_on, copies, entries, last_hash, standing, version, events,
  household, household_place, called_at`;

const secured = (roles: ServiceRoles): string[] => [
  ...securedByList('life_line', roles),
  ...securedByPlace('archive_closure', roles, false),
  `revoke insert, update, delete on archive_closure from ${roles.app}`,
  `grant update (custodian_kind, custodian, custodian_place, named_at, named_by, namings) on archive_closure to ${roles.app}`,
  ...securedForWorkers('archive_matter', roles),
  ...twoSided.flatMap((table) => securedByTwoPlaces(table, roles)),
  ...sharedWithPlace('archive', roles, 'owed_place'),
  ...sharedWithPlace('archive', roles, 'household_place'),
  ...ofOneUnit.flatMap((table) => securedByPlace(table, roles)),
  ...[...twoSided, ...ofOneUnit].map(
    (table) => `revoke delete on ${table} from ${roles.app}, ${roles.worker}`,
  ),
  ...[...twoSided, ...ofOneUnit].map((table) => `revoke update on ${table} from ${roles.app}`),
  `revoke insert on archive from ${roles.app}`,
  `revoke insert on archive_transfer_backup from ${roles.app}`,
  `grant update (entries, last_hash, stored_at) on archive_copy to ${roles.app}`,
  ...history.flatMap((table) => appendOnlyFor(table, roles)),
  `grant update (source_place, target_place) on archive_entry to ${roles.app}, ${roles.worker}`,
  `grant update (place) on archive_copy_entry to ${roles.worker}`,
  `grant update (${moves}) on archive to ${roles.app}`,
  `grant update (source_place, target_place, revoked_on) on archive_measure to ${roles.app}`,
  `grant update (source_place, target_place) on archive_paper to ${roles.app}`,
];

export const archiveSteps: readonly SchemaStep[] = [
  {
    name: '001-archives',
    statements: (roles) => {
      enforces('ARC-11', 'ARC-12', 'ARC-21', 'ARC-25', 'PRV-12', 'ACC-15');
      return [
        ...platformTables(roles),
        ...directoryTables(roles),
        ...archiveTables,
        closureTable,
        ...lifeTable,
        ...secured(roles),
      ];
    },
  },
  recordingStep,
  { name: '002-closure-moves', statements: closureMoves },
  { name: '003-lapses', statements: lapses },
  {
    name: '004-sent-back',
    statements: ({ app }) => [
      'alter table archive add column sent_back_on date, add column sent_back_reason text',
      `grant update (sent_back_on, sent_back_reason) on archive to ${app}`,
    ],
  },
];
