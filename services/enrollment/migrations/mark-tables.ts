import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * By person. What was said to a family stays what it was. A stay at a specialised school begins with the original
 * school's entry and ends when its authority has fixed the grade (ENR-22); one runs at a time.
 */
const markTables = [
  `create table guardian_contact (
    person_id uuid not null, contact_id uuid not null, place bigint not null, school text not null,
    enrollment_id uuid not null, contacted_on date not null, means text not null, about text not null,
    reached boolean not null, sealed bytea, logged_by text not null, logged_at timestamptz not null,
    primary key (person_id, contact_id),
    foreign key (person_id) references pupil (person_id) on update no action)`,
  `create table specialized_stay (
    person_id uuid not null, stay_id uuid not null, place bigint not null, school text not null,
    enrollment_id uuid not null, since date not null, entered_by text not null, entered_at timestamptz not null,
    returned_on date, grade int, proposed_by text, proposed_at timestamptz, ended_by text, ended_at timestamptz,
    primary key (person_id, stay_id),
    foreign key (person_id) references pupil (person_id) on update no action)`,
  `create unique index specialized_stay_running on specialized_stay (person_id) where ended_at is null`,
];

/**
 * What one body writes to another about a child: the row is the addressee's, in the addressee's place of the tree. A
 * township has no place of its own; its county's is used, and its own code says who it is. Never changed.
 */
const noticeTables = [
  `create table official_notice (
    notice_id uuid primary key, place bigint not null, addressee text not null, recipient text not null,
    kind text not null, person_id uuid, entry_id uuid, school text, sent_by text not null, sender text not null,
    sent_at timestamptz not null, sealed bytea)`,
  `create index official_notice_addressee on official_notice (addressee, sent_at, notice_id)`,
  `create index official_notice_entry on official_notice (entry_id) where entry_id is not null`,
];

const byPerson = ['guardian_contact', 'specialized_stay'];

export const markSteps: readonly SchemaStep[] = [
  {
    name: '013-marks-and-notices',
    statements: (roles) => {
      enforces('PRV-12', 'ACC-15');
      return [
        ...markTables,
        ...noticeTables,
        ...[...byPerson, 'official_notice'].flatMap((table) => securedByPlace(table, roles, false)),
        ...[...byPerson, 'official_notice'].map(
          (table) => `revoke delete on ${table} from ${roles.app}, ${roles.worker}`,
        ),
        ...['guardian_contact', 'official_notice'].map(
          (table) => `revoke update on ${table} from ${roles.app}, ${roles.worker}`,
        ),
      ];
    },
  },
];
