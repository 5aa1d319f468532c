import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Enquiry } from './enquiry.ts';

type Row = Omit<Enquiry, 'place' | 'at'> & { place: string; at: Date };

/** Writes an enquiry down. */
export const insertEnquiry = (tx: Tx, made: Enquiry): Promise<number> =>
  execute(
    tx,
    `insert into number_enquiry (enquiry_id, unit, place, province, at, by_subject, channel, asks, outcome, student_id, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[made.id, made.unit, made.place, made.province, made.at, made.by, made.channel, made.asks],
      ...[made.outcome, made.student, made.sealed],
    ],
  );

/** Enquiries that meet a condition of ours, as far as the scope covers them; values are bound, never written in. */
export const enquiriesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Enquiry[]> =>
  (
    await query<Row>(
      tx,
      `select enquiry_id as id, unit, place, province, at, by_subject as by, channel, asks, outcome, student_id as student,
         sealed from number_enquiry where ${condition}`,
      parameters,
    )
  ).map((row) => ({ ...row, place: Number(row.place), at: new Date(row.at).toISOString() }));
