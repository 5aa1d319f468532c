import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Disclosure } from './disclosure.ts';

type Row = Omit<Disclosure, 'place' | 'hi' | 'requestedAt' | 'decidedAt'> & {
  place: string;
  hi: string;
  requestedAt: Date;
  decidedAt: Date | null;
};

const columns = `disclosure_id as id, client, unit, place, hi, province, state, requested_by as "requestedBy",
  requested_at as "requestedAt", basis, bureau_document as "bureauDocument", approved_by as "approvedBy", purpose, fields, profile,
  valid_until::text as "validUntil", watermark, due_on::text as "dueOn", checked_by as "checkedBy", opinion,
  decided_by as "decidedBy", decided_at as "decidedAt", reason, revoked_by as "revokedBy",
  revoked_on::text as "revokedOn", revoke_reason as "revokeReason", version`;

/** Disclosures that meet a condition of ours, as far as the scope covers them; values are bound, never written in. */
export const disclosuresWhere = async (
  tx: Tx,
  condition: string,
  parameters: readonly unknown[],
): Promise<Disclosure[]> =>
  (await query<Row>(tx, `select ${columns} from disclosure where ${condition}`, parameters)).map((row) => ({
    ...row,
    ...{ place: Number(row.place), hi: Number(row.hi) },
    requestedAt: new Date(row.requestedAt).toISOString(),
    decidedAt: row.decidedAt && new Date(row.decidedAt).toISOString(),
  }));

/** True where a system of that name is registered (PRV-07). */
export const isRegistered = async (tx: Tx, client: string): Promise<boolean> =>
  (await query(tx, 'select 1 from disclosure_client where client = $1', [client])).length > 0;

export const insertDisclosure = (tx: Tx, made: Disclosure): Promise<number> =>
  execute(
    tx,
    `insert into disclosure (disclosure_id, client, unit, place, hi, province, state, requested_by, requested_at, basis,
       approved_by, purpose, fields, profile, valid_until, watermark, due_on, version, bureau_document)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::jsonb, $11, $12, $13::text[], $14, $15, $16, $17, $18, $19)`,
    [
      ...[made.id, made.client, made.unit, made.place, made.hi, made.province, made.state, made.requestedBy],
      ...[made.requestedAt, JSON.stringify(made.basis), made.approvedBy, made.purpose, [...made.fields]],
      ...[made.profile, made.validUntil, made.watermark, made.dueOn, made.version],
      made.bureauDocument,
    ],
  );

/** Writes what the holder has made of it. */
export const updateDisclosure = (tx: Tx, after: Disclosure): Promise<number> =>
  execute(
    tx,
    `update disclosure set state = $2, checked_by = $3, opinion = $4, decided_by = $5, decided_at = $6, reason = $7,
       revoked_by = $8, revoked_on = $9, revoke_reason = $10, version = $11 where disclosure_id = $1`,
    [
      ...[
        after.id,
        after.state,
        after.checkedBy,
        after.opinion,
        after.decidedBy,
        after.decidedAt,
        after.reason,
      ],
      ...[after.revokedBy, after.revokedOn, after.revokeReason, after.version],
    ],
  );
