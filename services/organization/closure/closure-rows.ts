import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** The closure of a school as it was decided; `settledAt`: its archives are where they are kept from then on. */
export type Closure = {
  id: string;
  school: string;
  reason: string;
  decidedAt: string;
  settledAt: string | null;
  endedAt: string | null;
  /** The authority took it back: the school stays. */
  revoked: boolean;
};

type Row = Omit<Closure, 'decidedAt' | 'settledAt' | 'endedAt'> & {
  decided_at: Date;
  settled_at: Date | null;
  ended_at: Date | null;
};

const selected =
  'select closure_id as id, school, reason, decided_at, settled_at, ended_at, revoked from school_closure';

const closureOf = ({ decided_at, settled_at, ended_at, ...row }: Row): Closure => ({
  ...row,
  decidedAt: new Date(decided_at).toISOString(),
  settledAt: settled_at && new Date(settled_at).toISOString(),
  endedAt: ended_at && new Date(ended_at).toISOString(),
});

/** The closures of schools, the last first. */
export const closuresOf = async (tx: Tx, schools: readonly string[]): Promise<Closure[]> =>
  (
    await query<Row>(tx, `${selected} where school = any($1::text[]) order by decided_at desc`, [
      [...schools],
    ])
  ).map(closureOf);

/** True while a closure of the school waits. */
export const isClosing = async (tx: Tx, school: string): Promise<boolean> =>
  (await query(tx, 'select 1 from school_closure where school = $1 and ended_at is null', [school])).length >
  0;

/** The closure of a school that waits, and whose archives have not gone yet. */
export const openClosureOf = async (tx: Tx, school: string): Promise<Closure | undefined> =>
  (await closuresOf(tx, [school])).find(({ settledAt, endedAt }) => settledAt === null && endedAt === null);

/** Takes a closure back; 0 where it waits no more or its archives have gone. */
export const revokeRow = (tx: Tx, closure: string, at: string): Promise<number> =>
  execute(
    tx,
    `update school_closure set ended_at = $2, revoked = true
     where closure_id = $1 and settled_at is null and ended_at is null`,
    [closure, at],
  );

/** Writes that an authority has decided to close a school. */
export const insertClosure = (
  tx: Tx,
  closure: Pick<Closure, 'id' | 'school' | 'reason' | 'decidedAt'> & { decidedBy: string },
): Promise<number> =>
  execute(
    tx,
    `insert into school_closure (closure_id, school, reason, decided_by, decided_at) values ($1, $2, $3, $4, $5)`,
    [closure.id, closure.school, closure.reason, closure.decidedBy, closure.decidedAt],
  );

/** The next closures whose archives are settled, after a school code, locked; those that another process looks at are left out. */
export const lockSettled = async (tx: Tx, after: string, limit: number): Promise<Closure[]> =>
  (
    await query<Row>(
      tx,
      `${selected} where settled_at is not null and ended_at is null and school > $1
       order by school limit $2 for update skip locked`,
      [after, limit],
    )
  ).map(closureOf);

/** Notes that the archives of a closing school are settled. */
export const settle = (tx: Tx, closure: string, at: string): Promise<number> =>
  execute(tx, 'update school_closure set settled_at = $2 where closure_id = $1 and settled_at is null', [
    closure,
    at,
  ]);

/** Notes that a closure waits no more. */
export const endClosure = (tx: Tx, closure: string, at: string): Promise<number> =>
  execute(tx, 'update school_closure set ended_at = $2 where closure_id = $1', [closure, at]);
