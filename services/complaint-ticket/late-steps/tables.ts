import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { securedByRange, securedForWorkers } from '#libs/platform/database/tables.ts';

/**
 * What provinces have set on late steps, for the province (its range: `place_lo` to `place_hi`), those above and those within; and the ticket
 * that each late step has opened: its key lets no step open a second one. `ticket_id` is null where nobody stands above who was late.
 */
export const lateStepsStep: SchemaStep = {
  name: '021-late-steps',
  statements: (roles) => {
    enforces('PRV-12');
    return [
      `create table late_step_policy (
        province text primary key, place_lo bigint not null, place_hi bigint not null, clocks jsonb not null, version int not null,
        set_by text not null, set_at timestamptz not null)`,
      ...securedByRange('late_step_policy', roles, { lo: 'place_lo', hi: 'place_hi' }),
      `revoke insert, update, delete on late_step_policy from ${roles.app}`,
      `create table late_step_ticket (
        case_kind text not null, case_id uuid not null, step int not null, ticket_id uuid unique, noted_at timestamptz,
        primary key (case_kind, case_id, step))`,
      `create index late_step_waiting on late_step_ticket (case_kind, case_id, step)
         where noted_at is null and ticket_id is not null`,
      ...securedForWorkers('late_step_ticket', roles),
      `revoke delete on late_step_ticket from ${roles.worker}`,
    ];
  },
};
