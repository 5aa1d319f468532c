import { randomInt } from 'node:crypto';
import type { Verification } from '#libs/law/certificate/verification.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Held } from './check-keys.ts';

/** Many ask at once: each adds to one of so many rows, so that they do not wait for each other. */
const slots = 16;

/** A check that was answered; `province`: of the certificate that was found, `000000` where none was. */
export type Check = { day: string; way: Held['way']; state: Verification['state']; province: string };

/** Counts a check by day, way, answer and province; neither who asked nor what was asked is kept (CRT-13). */
export const addCheck = (tx: Tx, { day, way, state, province }: Check): Promise<number> =>
  execute(
    tx,
    `insert into certificate_check_total as t (day, way, state, province, slot, checks) values ($1, $2, $3, $4, $5, 1)
     on conflict (day, way, state, province, slot) do update set checks = t.checks + 1`,
    [day, way, state, province, randomInt(slots)],
  );
