import type { DataOf } from '#libs/contracts/envelope.ts';
import type { SchoolClosureDecided } from '#libs/contracts/events/organization.ts';
import type { Custodian } from '#libs/law/archive/custody.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, onlyRow, query } from '#libs/platform/database/query.ts';

/** A school that is to be closed, and who keeps its archives from then on; null while nobody was named. */
export type Closure = {
  id: string;
  school: string;
  place: number;
  province: string;
  /** The competent authority. */
  authority: string;
  decidedAt: string;
  custodian: Custodian | null;
  custodianPlace: number | null;
  /** Archives that have gone there. */
  moved: number;
  settledAt: string | null;
};

type Row = {
  closure_id: string;
  school: string;
  place: string;
  province: string;
  authority: string;
  decided_at: Date;
  custodian_kind: Custodian['kind'] | null;
  custodian: string | null;
  custodian_place: string | null;
  moved: number;
  settled_at: Date | null;
};

const closureOfRow = (row: Row): Closure => ({
  ...{ id: row.closure_id, school: row.school, place: Number(row.place), province: row.province },
  ...{ authority: row.authority, decidedAt: new Date(row.decided_at).toISOString(), moved: row.moved },
  custodian:
    row.custodian_kind === null || row.custodian === null
      ? null
      : { kind: row.custodian_kind, code: row.custodian },
  custodianPlace: row.custodian_place === null ? null : Number(row.custodian_place),
  settledAt: row.settled_at && new Date(row.settled_at).toISOString(),
});

/** Closures of which a condition is true, as far as the scope covers them; the condition is a text of this service. */
export const closuresWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Closure[]> =>
  (
    await query<Row>(
      tx,
      `select closure_id, school, place, province, authority, decided_at, custodian_kind, custodian, custodian_place,
         moved, settled_at from archive_closure where ${condition}`,
      parameters,
    )
  ).map(closureOfRow);

/** The closure of a school that was decided; undefined where none was, or the scope does not cover it. */
export const closureOf = async (tx: Tx, school: string): Promise<Closure | undefined> =>
  (await closuresWhere(tx, 'school = $1', [school]))[0];

/** The closure of a school with its lock: nothing moves to anybody meanwhile. */
export const lockClosure = async (tx: Tx, school: string): Promise<Closure | undefined> =>
  (await closuresWhere(tx, 'school = $1 for update', [school]))[0];

/** Notes that the closure of a school was decided. */
export const noteClosure = (
  tx: Tx,
  { closure, school, place, province, competentAuthority }: DataOf<typeof SchoolClosureDecided>,
  at: string,
): Promise<number> =>
  execute(
    tx,
    `insert into archive_closure (school, closure_id, place, province, authority, decided_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (school) do nothing`,
    [school, closure, place, province, competentAuthority, at],
  );

export type Naming = { school: string; custodian: Custodian; place: number; at: string; by: string };

/** Writes who keeps the archives; tells how often somebody has been named by now. */
export const nameCustodian = async (
  tx: Tx,
  { school, custodian, place, at, by }: Naming,
): Promise<number> => {
  const row = onlyRow(
    await query<{ namings: number }>(
      tx,
      `update archive_closure set custodian_kind = $2, custodian = $3, custodian_place = $4, named_at = $5, named_by = $6,
       namings = namings + 1 where school = $1 returning namings`,
      [school, custodian.kind, custodian.code, place, at, by],
    ),
  );
  return row.namings;
};

/** The closure was taken back: nothing more goes to anybody. */
export const dropClosure = (tx: Tx, closure: string): Promise<number> =>
  execute(tx, 'delete from archive_closure where closure_id = $1', [closure]);

/** Counts archives that have gone to their custodian. */
export const countMoved = (tx: Tx, school: string, moved: number): Promise<number> =>
  execute(tx, 'update archive_closure set moved = moved + $2 where school = $1', [school, moved]);

/** Notes that nothing is left to move: all is settled, or the school has ended. */
export const endClosure = (tx: Tx, school: string, at: string): Promise<number> =>
  execute(tx, 'update archive_closure set settled_at = $2 where school = $1 and settled_at is null', [
    school,
    at,
  ]);
