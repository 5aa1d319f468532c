import { enforces } from '#libs/law/enforces.ts';
import type { SchemaStep } from '#libs/platform/database/migrate.ts';
import { readInPlace } from '#libs/platform/database/tables.ts';

/**
 * `root_place` of a slip is that of the unit which handles what it hangs on: whoever a complaint has gone up to sees the slips
 * that are out on it, the ministry too, which sees nothing else of other units (TKT-01, PRV-12).
 */
export const slipPlaceStep: SchemaStep = {
  name: '024-slip-place',
  statements: (roles) => {
    enforces('PRV-12');
    return [
      'alter table ticket add column root_place bigint',
      'alter table ticket no force row level security',
      `update ticket slip set root_place = root.target_place from ticket root
       where root.ticket_id = slip.root_id and slip.ticket_id <> slip.root_id`,
      'alter table ticket force row level security',
      `create index ticket_root_place on ticket (root_place, opened_at, ticket_id) where root_place is not null`,
      ...readInPlace('ticket', roles, 'root_place'),
    ];
  },
};
