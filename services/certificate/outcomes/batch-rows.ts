import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { OutcomeBatch } from './batch.ts';

type Row = {
  batch_id: string;
  school: string;
  place: string;
  province: string;
  authority: string;
  state: OutcomeBatch['state'];
  uploaded_by: string;
  uploaded_at: Date;
  due_on: string;
  provisional: boolean;
  late_recorded_on: string | null;
  handled_by: string | null;
  handled_at: Date | null;
  opinion: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
  size: number;
  held: number;
  version: number;
  events: number;
};

const instant = (at: Date | null): string | null => (at === null ? null : new Date(at).toISOString());

const batchOf = (row: Row): OutcomeBatch => ({
  id: row.batch_id,
  school: row.school,
  place: Number(row.place),
  province: row.province,
  authority: row.authority,
  state: row.state,
  uploadedBy: row.uploaded_by,
  uploadedAt: new Date(row.uploaded_at).toISOString(),
  dueOn: row.due_on,
  provisional: row.provisional,
  lateRecordedOn: row.late_recorded_on,
  handledBy: row.handled_by,
  handledAt: instant(row.handled_at),
  opinion: row.opinion,
  decidedBy: row.decided_by,
  decidedAt: instant(row.decided_at),
  reason: row.reason,
  size: row.size,
  held: row.held,
  version: row.version,
  events: row.events,
});

/** Batches of which a condition is true, as far as the scope covers them; condition and order are texts of this service. */
export const batchesWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<OutcomeBatch[]> =>
  (
    await query<Row>(
      tx,
      `select batch_id, school, place, province, authority, state, uploaded_by, uploaded_at, due_on::text, provisional,
         late_recorded_on::text, handled_by, handled_at, opinion, decided_by, decided_at, reason, size, held, version, events
       from outcome_batch where ${condition}`,
      parameters,
    )
  ).map(batchOf);

export const insertBatch = (tx: Tx, batch: OutcomeBatch): Promise<number> =>
  execute(
    tx,
    `insert into outcome_batch (batch_id, school, place, province, authority, state, uploaded_by, uploaded_at, due_on,
       provisional, size, held, version, events) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[
        batch.id,
        batch.school,
        batch.place,
        batch.province,
        batch.authority,
        batch.state,
        batch.uploadedBy,
      ],
      ...[
        batch.uploadedAt,
        batch.dueOn,
        batch.provisional,
        batch.size,
        batch.held,
        batch.version,
        batch.events,
      ],
    ],
  );

export const updateBatch = (tx: Tx, batch: OutcomeBatch): Promise<number> =>
  execute(
    tx,
    `update outcome_batch set state = $2, late_recorded_on = $3, handled_by = $4, handled_at = $5, opinion = $6,
       decided_by = $7, decided_at = $8, reason = $9, size = $10, held = $11, version = $12, events = $13
     where batch_id = $1`,
    [
      ...[batch.id, batch.state, batch.lateRecordedOn, batch.handledBy, batch.handledAt, batch.opinion],
      ...[
        batch.decidedBy,
        batch.decidedAt,
        batch.reason,
        batch.size,
        batch.held,
        batch.version,
        batch.events,
      ],
    ],
  );
