import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Fault } from './fault.ts';

type Row = {
  reference: string;
  unit: string;
  lo: string;
  hi: string;
  began_at: Date;
  description: string;
  declared_by: string;
  declared_at: Date;
  ended_at: Date | null;
  version: number;
};

const faultOf = (row: Row): Fault => ({
  reference: row.reference,
  unit: row.unit,
  lo: Number(row.lo),
  hi: Number(row.hi),
  beganAt: new Date(row.began_at).toISOString(),
  description: row.description,
  declaredBy: row.declared_by,
  declaredAt: new Date(row.declared_at).toISOString(),
  endedAt: row.ended_at && new Date(row.ended_at).toISOString(),
  version: row.version,
});

const columns = 'reference, unit, lo, hi, began_at, description, declared_by, declared_at, ended_at, version';

/** The fault of a reference; undefined where none of that name was declared. `lock`: until the end of the transaction. */
export const faultByReference = async (
  tx: Tx,
  reference: string,
  lock: 'LOCK' | 'READ' = 'READ',
): Promise<Fault | undefined> => {
  const [row] = await query<Row>(
    tx,
    `select ${columns} from transfer_fault where reference = $1${lock === 'LOCK' ? ' for update' : ''}`,
    [reference],
  );
  return row && faultOf(row);
};

/** Faults that touch a range of the tree, the latest first; `lasting`: only those that have not ended. */
export const faultsIn = async (
  tx: Tx,
  { lo, hi }: { lo: number; hi: number },
  lasting: boolean,
): Promise<Fault[]> =>
  (
    await query<Row>(
      tx,
      `select ${columns} from transfer_fault where lo <= $2 and hi >= $1 and (not $3::boolean or ended_at is null)
       order by began_at desc, reference limit 200`,
      [lo, hi, lasting],
    )
  ).map(faultOf);

/** Writes a new fault; false where one of that reference was declared already. */
export const insertFault = async (tx: Tx, fault: Fault): Promise<boolean> =>
  (await execute(
    tx,
    `insert into transfer_fault (reference, unit, lo, hi, began_at, description, declared_by, declared_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (reference) do nothing`,
    [
      ...[fault.reference, fault.unit, fault.lo, fault.hi, fault.beganAt, fault.description],
      ...[fault.declaredBy, fault.declaredAt, fault.version],
    ],
  )) === 1;

/** True where a school has entered a decision of a later day under a lasting fault, and has not taken it back. */
export const isDecidedAfter = async (tx: Tx, { reference }: Fault, on: string): Promise<boolean> =>
  (
    await query(
      tx,
      `select from transfer_attendance
       where fault = $1 and due_from is null and ended_on is null and since > $2::date limit 1`,
      [reference, on],
    )
  ).length > 0;

export const updateFaultEnd = (tx: Tx, { reference, endedAt, version }: Fault, by: string): Promise<number> =>
  execute(
    tx,
    'update transfer_fault set ended_at = $2, ended_by = $3, version = $4 where reference = $1 and ended_at is null',
    [reference, endedAt, by, version],
  );
