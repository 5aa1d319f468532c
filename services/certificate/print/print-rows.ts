import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Print } from './print.ts';

const columns = `print_id as id, person_id as person, certificate_id as certificate, place::float8 as place, number, notes,
  printed_by as "printedBy", unit, to_char(printed_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS+08:00') as "printedAt"`;

/** Prints of persons' certificates, as far as the scope covers them, the first one first. */
export const printsOf = (tx: Tx, persons: readonly string[]): Promise<Print[]> =>
  query<Print>(
    tx,
    `select ${columns} from certificate_print where person_id = any($1::uuid[]) order by certificate_id, number`,
    [[...persons]],
  );

/** A print by its id, where the scope covers it. */
export const findPrint = async (tx: Tx, id: string): Promise<Print | undefined> =>
  (await query<Print>(tx, `select ${columns} from certificate_print where print_id = $1`, [id]))[0];

/** Writes a print into the register. */
export const insertPrint = (tx: Tx, print: Print): Promise<number> =>
  execute(
    tx,
    `insert into certificate_print (person_id, print_id, certificate_id, place, number, notes, printed_by, unit, printed_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[print.person, print.id, print.certificate, print.place, print.number, print.notes],
      ...[print.printedBy, print.unit, print.printedAt],
    ],
  );
