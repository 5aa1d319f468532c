import { z } from 'zod';
import { Day, UnitCode } from '#libs/contracts/ids.ts';
import { CASE_KINDS } from '#libs/law/ticket/case-steps.ts';
import { LATE_STEP_LEVELS } from '#libs/law/ticket/late-policy.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** One clock of a policy. `since`: steps whose day had passed before it open no ticket, as they ran under another policy. */
export const PolicyClock = z.object({
  clock: z.enum(CASE_KINDS),
  afterWorkingDays: z.int(),
  level: z.enum(LATE_STEP_LEVELS),
  since: Day,
});
export type PolicyClock = z.infer<typeof PolicyClock>;

/** What a province has set on late steps; version 0: nothing, and no late step opens a ticket. */
export type LatePolicy = {
  province: string;
  clocks: readonly PolicyClock[];
  version: number;
  setAt: string | null;
};

type Row = { province: string; clocks: unknown; version: number; set_at: Date };

const Clocks = z.array(PolicyClock);

const policyOf = ({ province, clocks, version, set_at }: Row): LatePolicy => ({
  province,
  clocks: Clocks.parse(clocks),
  version,
  setAt: new Date(set_at).toISOString(),
});

/** Policies of which a condition of ours is true, as far as the scope covers them. */
export const policiesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<LatePolicy[]> =>
  (
    await query<Row>(
      tx,
      `select province, clocks, version, set_at from late_step_policy where ${condition}`,
      parameters,
    )
  ).map(policyOf);

export const noPolicy = (province: string): LatePolicy => ({
  ...{ province, clocks: [], version: 0, setAt: null },
});

/** Writes a policy. */
export const savePolicy = (
  tx: Tx,
  { province, clocks, version, setAt }: LatePolicy,
  { lo, hi, by }: { lo: number; hi: number; by: string },
): Promise<number> =>
  execute(
    tx,
    `insert into late_step_policy (province, place_lo, place_hi, clocks, version, set_by, set_at)
     values ($1, $2, $3, $4::jsonb, $5, $6, $7)
     on conflict (province) do update set place_lo = excluded.place_lo, place_hi = excluded.place_hi, clocks = excluded.clocks,
       version = excluded.version, set_by = excluded.set_by, set_at = excluded.set_at`,
    [UnitCode.parse(province), lo, hi, JSON.stringify(clocks), version, by, setAt],
  );
