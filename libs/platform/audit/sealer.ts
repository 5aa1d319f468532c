import type { MikroORM } from '@mikro-orm/postgresql';
import { execute } from '../database/query.ts';
import { asWorker } from '../database/scope.ts';
import type { Log } from '../log/log.ts';
import { type Loop, until } from '../service/loop.ts';
import { sealOf } from './chain.ts';
import { lockLastSeal, unsealedLines } from './sealed-log.ts';

/** Lines of one seal at most. */
const batch = 1_000;

/** Seals what was appended since the last seal; returns the number of lines. */
export const sealOnce = (orm: MikroORM, now: () => string): Promise<number> =>
  asWorker(orm, async (tx) => {
    const previous = await lockLastSeal(tx);
    const lines = await unsealedLines(tx, batch);
    if (lines.length === 0) return 0;
    const seal = sealOf(previous, lines, now());
    await execute(
      tx,
      'insert into audit_seal (seq, lines, root, previous, sealed_at, hash) values ($1, $2, $3, $4, $5, $6)',
      [seal.seq, seal.lines, seal.root, seal.previous, seal.sealedAt, seal.hash],
    );
    await execute(tx, 'update read_audit set seal = $1 where id = any($2::uuid[])', [
      seal.seq,
      lines.map((line) => line.id),
    ]);
    return lines.length;
  });

/**
 * Turns the plainly appended access log into a chain of hashes, once a second: what is changed, taken out, moved or
 * cut afterwards is found by the verifier (`npm run audit`).
 */
export const startSealer = (orm: MikroORM, log: Log): Loop =>
  until({
    name: 'audit sealer',
    log,
    idle: 1_000,
    step: async () => (await sealOnce(orm, () => new Date().toISOString())) === batch,
  });
