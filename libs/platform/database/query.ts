import { CompiledQuery } from 'kysely';
import { inStatement } from '../telemetry/statements.ts';
import type { Tx } from './orm.ts';

const run = (em: Tx, text: string, parameters: readonly unknown[]) =>
  inStatement(em, text, () => em.getKysely().executeQuery(CompiledQuery.raw(text, [...parameters])));

/**
 * Runs one statement with bound parameters ($1 …) in the transaction of `em`, or on the pool outside of one.
 * Values never become part of the statement's text, so none of them reaches a log.
 */
export const query = async <Row>(
  em: Tx,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> => {
  const result = await run(em, text, parameters);
  return result.rows as Row[];
};

/** As `query`, for statements whose effect is counted. */
export const execute = async (em: Tx, text: string, parameters: readonly unknown[] = []): Promise<number> => {
  const result = await run(em, text, parameters);
  return Number(result.numAffectedRows ?? 0n);
};

/** The only row of a query that must have one. */
export const queryOne = async <Row>(
  em: Tx,
  text: string,
  parameters: readonly unknown[] = [],
): Promise<Row> => onlyRow(await query<Row>(em, text, parameters));

export const onlyRow = <Row>([row]: readonly Row[]): Row => {
  if (row === undefined) throw new Error('A statement that always yields a row yielded none');
  return row;
};
