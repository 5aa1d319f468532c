import type { Tx } from '../database/orm.ts';
import { query } from '../database/query.ts';
import type { AuditLine, Seal } from './chain.ts';

type LineRow = Omit<AuditLine, 'at'> & { at: Date | string };

const lineColumns = `id, caller, unit, operation, purpose, persons::text[] as persons, full_values as "fullValues", at`;

const lineOf = (row: LineRow): AuditLine => ({ ...row, at: new Date(row.at).toISOString() });

/** Lines that no seal covers yet, oldest first. */
export const unsealedLines = async (tx: Tx, limit: number): Promise<AuditLine[]> =>
  (
    await query<LineRow>(
      tx,
      `select ${lineColumns} from read_audit where seal is null order by id limit $1`,
      [limit],
    )
  ).map(lineOf);

export const linesOfSeal = async (tx: Tx, seq: number): Promise<AuditLine[]> =>
  (await query<LineRow>(tx, `select ${lineColumns} from read_audit where seal = $1 order by id`, [seq])).map(
    lineOf,
  );

type SealRow = Omit<Seal, 'seq' | 'sealedAt'> & { seq: string; sealed_at: Date | string };

const sealOfRow = ({ seq, sealed_at, ...row }: SealRow): Seal => ({
  ...row,
  seq: Number(seq),
  sealedAt: new Date(sealed_at).toISOString(),
});

const sealColumns = 'seq, lines, root, previous, sealed_at, hash';

/** The last seal, locked: one sealer at a time goes on from it. */
export const lockLastSeal = async (tx: Tx): Promise<Seal | undefined> => {
  await query(tx, 'select id from audit_head where id = 1 for update');
  const [row] = await query<SealRow>(tx, `select ${sealColumns} from audit_seal order by seq desc limit 1`);
  return row && sealOfRow(row);
};

export const sealsAfter = async (tx: Tx, seq: number, limit: number): Promise<Seal[]> =>
  (
    await query<SealRow>(tx, `select ${sealColumns} from audit_seal where seq > $1 order by seq limit $2`, [
      seq,
      limit,
    ])
  ).map(sealOfRow);
