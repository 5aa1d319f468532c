import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { appendOnlyFor, securedByPlace } from '#libs/platform/database/tables.ts';

const tables = [
  `create table information_update (
    person_id uuid not null, update_id uuid not null, place bigint not null, school text not null,
    province text not null, channel text not null, fields text[] not null, parties text[] not null, state text not null,
    sealed bytea not null, findings jsonb not null, policy_on date not null, proposed_by text not null,
    proposed_as text not null, assessed boolean not null, opened_at timestamptz not null, ended_at timestamptz,
    version int not null, primary key (person_id, update_id),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create index information_update_place on information_update (place, opened_at, update_id)`,
  `create table update_step (
    person_id uuid not null, update_id uuid not null, ordinal int not null, place bigint not null, party text not null,
    unit text not null, opened_at timestamptz not null, due_on date not null, provisional boolean not null,
    calendar_version text not null, counted_from date, counted_days int, handled_by text, handled_at timestamptz,
    opinion text, decided_by text, decided_at timestamptz, decision text, reason text,
    primary key (person_id, update_id, ordinal),
    foreign key (person_id, update_id) references information_update (person_id, update_id) on update no action)`,
  `create table update_paper (
    person_id uuid not null, update_id uuid not null, ordinal int not null, place bigint not null, kind text not null,
    upload uuid, file uuid, media_type text, added_by text not null, added_at timestamptz not null,
    primary key (person_id, update_id, ordinal),
    foreign key (person_id, update_id) references information_update (person_id, update_id) on update no action)`,
  `create table information_history (
    person_id uuid not null, update_id uuid not null, field text not null, place bigint not null, sealed bytea not null,
    ended_at timestamptz not null, approver text not null, primary key (person_id, update_id, field),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create table field_confirmation (
    person_id uuid not null, field text not null, place bigint not null, confirmed_on date not null,
    confirmed_by text not null, primary key (person_id, field),
    foreign key (person_id) references person (person_id) on update no action)`,
  `create table provincial_field (
    province text not null, name text not null, title text not null, filed_at timestamptz not null,
    filed_by text not null, primary key (province, name))`,
  `alter table person add column provincial jsonb not null default '{}'`,
];

const personal = [
  'information_update',
  'update_step',
  'update_paper',
  'information_history',
  'field_confirmation',
];

/**
 * Changes of information, their course and what was there before. No request writes what is kept of a child: its course
 * does when it has come to its end, so nobody alters anything beside it (ID-16, ID-32, ID-33).
 */
export const informationUpdateStep: SchemaStep = {
  name: '005-information-updates',
  statements: (roles) => {
    enforces('ID-32', 'ID-33', 'PRV-12');
    return [
      ...tables,
      ...personal.flatMap((table) => [
        ...securedByPlace(table, roles),
        `revoke insert, update on ${table} from ${roles.app}`,
      ]),
      ...appendOnlyFor('information_history', roles, ['place']),
      `revoke update on information_history from ${roles.app}`,
      `revoke insert, update on provincial_field from ${roles.app}`,
      `revoke update on person from ${roles.app}`,
      `grant update (version) on person to ${roles.app}`,
      ...['identity_document', 'guardian'].map(
        (table) => `revoke insert, update on ${table} from ${roles.app}`,
      ),
    ];
  },
};
