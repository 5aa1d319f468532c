import { enforces } from '#libs/law/enforces.ts';
import { type ServiceRoles, securedByPlace } from '#libs/platform/database/tables.ts';

/**
 * Early warnings by place of the account's school or unit, one for each account, trigger and hour (PRV-08); how far the log of
 * each service has been counted. What was found stays; only what became of it is written.
 */
export const alertTables = (roles: ServiceRoles): string[] => {
  enforces('PRV-12');
  return [
    `create table security_alert (
      alert_id uuid primary key, place bigint not null, province text not null, workplace text not null,
      account text not null, trigger text not null, since timestamptz not null, count int not null,
      sources text[] not null, findings jsonb not null, raised_at timestamptz not null, state text not null,
      acknowledged_by text, acknowledged_at timestamptz, outcome text, note text, settled_by text, settled_unit text,
      settled_at timestamptz, version int not null, unique (account, workplace, trigger, since),
      check (state in ('OPEN', 'ACKNOWLEDGED', 'SETTLED')), check ((state = 'SETTLED') = (settled_at is not null)))`,
    `create index security_alert_place on security_alert (place, alert_id)`,
    `create table access_counted (source text primary key, counted_until timestamptz not null)`,
    ...securedByPlace('security_alert', roles, false),
    `revoke insert, update, delete on security_alert from ${roles.app}`,
    `grant update (state, acknowledged_by, acknowledged_at, outcome, note, settled_by, settled_unit, settled_at, version)
       on security_alert to ${roles.app}`,
    `revoke delete on security_alert from ${roles.worker}`,
    `revoke all on access_counted from ${roles.app}`,
  ];
};
