import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByPlace } from '#libs/platform/database/tables.ts';

/** The bureau's own approval came to be asked for besides (PRV-03, CF-12). */
export const bureauStep: SchemaStep = {
  name: '023-bureau-document',
  statements: () => ['alter table disclosure add column bureau_document text'],
};

/** Clients that are registered, and what they have asked for; `place` and `hi` are the range of the unit that holds the data. */
export const disclosureStep: SchemaStep = {
  name: '011-disclosures',
  statements: (roles) => {
    enforces('PRV-07');
    return [
      `create table disclosure_client (
        client text primary key, name text not null, unit text not null, registered_by text not null,
        registered_at timestamptz not null)`,
      `revoke all on disclosure_client from ${roles.app}`,
      `create table disclosure (
        disclosure_id uuid primary key, client text not null references disclosure_client (client),
        unit text not null, place bigint not null, hi bigint not null, province text not null, state text not null,
        requested_by text not null, requested_at timestamptz not null, basis jsonb not null, approved_by text not null,
        purpose text not null, fields text[] not null, profile text not null, valid_until date not null,
        watermark text not null, due_on date not null, checked_by text, opinion text, decided_by text, decided_at timestamptz,
        reason text, revoked_by text, revoked_on date, revoke_reason text, version int not null,
        constraint disclosure_two_persons check (state in ('REQUESTED', 'BASIS_CHECKED') or checked_by <> decided_by),
        constraint disclosure_revoked check ((state = 'REVOKED') = (revoked_on is not null)))`,
      `create index disclosure_unit on disclosure (unit, requested_at, disclosure_id)`,
      `create index disclosure_client_asked on disclosure (client, requested_at, disclosure_id)`,
      ...securedByPlace('disclosure', roles, false),
      `revoke insert, update, delete on disclosure from ${roles.app}`,
      `revoke delete on disclosure from ${roles.worker}`,
    ];
  },
};
