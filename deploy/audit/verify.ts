import type { MikroORM } from '@mikro-orm/postgresql';
import { type Anchor, ChainCheck, type ChainFault } from '#libs/platform/audit/chain.ts';
import { linesOfSeal, sealsAfter } from '#libs/platform/audit/sealed-log.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';

/** What a check of one service's access log found. */
export type Verdict = { seals: number; unsealed: number; faults: ChainFault[]; anchor: Anchor };

const page = 500;

/** Reads a service's sealed access log from its beginning and checks every line and seal against the chain. */
export const verifyAudit = async (orm: MikroORM, anchor?: Anchor): Promise<Verdict> => {
  const check = new ChainCheck(anchor);
  let reached = 0;
  let seals = 0;
  for (;;) {
    const batch = await asWorker(orm, (tx) => sealsAfter(tx, reached, page));
    for (const seal of batch) check.take(seal, await asWorker(orm, (tx) => linesOfSeal(tx, seal.seq)));
    const last = batch.at(-1);
    if (last === undefined) break;
    reached = last.seq;
    seals += batch.length;
  }
  const unsealed = await asWorker(orm, async (tx) => {
    const [row] = await query<{ n: string }>(
      tx,
      `select count(*) as n from read_audit r where r.seal is null
         or not exists (select 1 from audit_seal s where s.seq = r.seal)`,
    );
    return Number(row?.n ?? 0);
  });
  const last = check.end();
  return { seals, unsealed, faults: check.faults, anchor: last };
};
