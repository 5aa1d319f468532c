import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';

/** Who changed what, and why (ACC-15); rows are only ever added. */
export type Change = {
  aggregate: string;
  version: number;
  action: string;
  reason?: string;
  caller: Actor;
  at: string;
};

export const recordChange = (tx: Tx, change: Change): Promise<number> =>
  execute(
    tx,
    `insert into change_record (aggregate_id, version, action, reason, caller, unit, at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      change.aggregate,
      change.version,
      change.action,
      change.reason ?? null,
      change.caller.subject,
      change.caller.unit ?? null,
      change.at,
    ],
  );

/** A change that follows from one that somebody decided on before. */
export const recordSystemChange = (
  tx: Tx,
  change: Pick<Change, 'aggregate' | 'version' | 'action' | 'at'>,
): Promise<number> =>
  execute(
    tx,
    `insert into change_record (aggregate_id, version, action, caller, at) values ($1, $2, $3, 'SYSTEM', $4)`,
    [change.aggregate, change.version, change.action, change.at],
  );
