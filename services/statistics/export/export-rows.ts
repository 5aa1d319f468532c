import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { ExportContent } from './content.ts';

export type ExportKind = 'ENROLLMENT' | 'PUBLISHED' | 'JOB' | 'FLOWS' | 'CLASSES' | 'DROPOUTS';
export type ExportFormat = 'CSV' | 'XLSX';

/** A table that a unit takes out, as it was when it was prepared. */
export type StatisticsExport = {
  id: string;
  unit: string;
  /** Where the unit's range begins. */
  place: number;
  kind: ExportKind;
  format: ExportFormat;
  leaves: boolean;
  purpose: string;
  content: ExportContent;
  digest: string;
  requestedBy: string;
  preparedAt: string;
  /** How often it was fetched. */
  deliveries: number;
};

type Row = Omit<StatisticsExport, 'place' | 'preparedAt'> & { place: string; preparedAt: Date };

/** An export by its id, as far as the scope of the transaction covers it. */
export const exportById = async (tx: Tx, id: string): Promise<StatisticsExport | undefined> => {
  const [row] = await query<Row>(
    tx,
    `select export_id as id, unit, place, kind, format, leaves, purpose, content, digest, requested_by as "requestedBy",
            prepared_at as "preparedAt", deliveries from statistics_export where export_id = $1`,
    [id],
  );
  return row && { ...row, place: Number(row.place), preparedAt: new Date(row.preparedAt).toISOString() };
};

export const insertExport = (tx: Tx, made: Omit<StatisticsExport, 'deliveries'>): Promise<number> =>
  execute(
    tx,
    `insert into statistics_export (export_id, unit, place, kind, format, leaves, purpose, content, digest, requested_by, prepared_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9, $10, $11)`,
    [
      ...[made.id, made.unit, made.place, made.kind, made.format, made.leaves, made.purpose],
      ...[JSON.stringify(made.content), made.digest, made.requestedBy, made.preparedAt],
    ],
  );

/** Counts one more delivery; which one it is. */
export const countDelivery = async (tx: Tx, id: string): Promise<number> => {
  const [row] = await query<{ deliveries: number }>(
    tx,
    'update statistics_export set deliveries = deliveries + 1 where export_id = $1 returning deliveries',
    [id],
  );
  return row?.deliveries ?? 0;
};
