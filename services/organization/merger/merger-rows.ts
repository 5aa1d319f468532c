import {
  type MergerKind,
  SchoolMergerDecided,
  SchoolMergerRevoked,
} from '#libs/contracts/events/organization.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';

/** A school that ends by a merger; `moved` and `endedOn` once nobody was left in it. */
export type MergerPart = { school: string; endedOn: string | null; moved: number | null };

/** A merger as it is kept. */
export type Merger = {
  id: string;
  kind: MergerKind;
  standing: string;
  from: string;
  document: { number: string; issuedOn: string } | null;
  reason: string | null;
  authority: string;
  province: string;
  decidedBy: string;
  decidedAt: string;
  doneAt: string | null;
  /** When, by whom and why it was taken back; null where it stands. */
  revocation: { at: string; by: string; reason: string } | null;
  parts: MergerPart[];
};

/** A merger that stands and is not done yet. */
export const isOpen = ({ doneAt, revocation }: Merger): boolean => doneAt === null && revocation === null;

type Row = {
  merger_id: string;
  kind: MergerKind;
  standing: string;
  from_on: string;
  document_number: string | null;
  document_on: string | null;
  reason: string | null;
  authority: string;
  province: string;
  decided_by: string;
  decided_at: Date;
  done_at: Date | null;
  revoked_at: Date | null;
  revoked_by: string | null;
  revocation_reason: string | null;
  parts: MergerPart[];
};

const mergerOf = (row: Row): Merger => ({
  id: row.merger_id,
  kind: row.kind,
  standing: row.standing,
  from: row.from_on,
  document:
    row.document_number === null || row.document_on === null
      ? null
      : { number: row.document_number, issuedOn: row.document_on },
  reason: row.reason,
  authority: row.authority,
  province: row.province,
  decidedBy: row.decided_by,
  decidedAt: new Date(row.decided_at).toISOString(),
  doneAt: row.done_at && new Date(row.done_at).toISOString(),
  revocation:
    row.revoked_at === null
      ? null
      : {
          at: new Date(row.revoked_at).toISOString(),
          by: row.revoked_by ?? '',
          reason: row.revocation_reason ?? '',
        },
  parts: row.parts,
});

const selected = `select m.merger_id, m.kind, m.standing, m.from_on::text, m.document_number, m.document_on::text, m.reason,
    m.authority, m.province, m.decided_by, m.decided_at, m.done_at, m.revoked_at, m.revoked_by, m.revocation_reason,
    (select jsonb_agg(jsonb_build_object('school', p.school, 'endedOn', p.ended_on, 'moved', p.moved) order by p.school)
     from school_merger_part p where p.merger_id = m.merger_id) as parts
  from school_merger m`;

/** Mergers in which schools take part, standing or ending; the last one first. */
export const mergersOfSchools = async (tx: Tx, schools: readonly string[]): Promise<Merger[]> =>
  (
    await query<Row>(
      tx,
      `${selected} where m.standing = any($1::text[])
         or exists (select from school_merger_part p where p.merger_id = m.merger_id and p.school = any($1::text[]))
       order by m.decided_at desc, m.merger_id desc`,
      [schools],
    )
  ).map(mergerOf);

/** Mergers by id. */
export const mergersById = async (tx: Tx, ids: readonly string[]): Promise<Merger[]> =>
  (await query<Row>(tx, `${selected} where m.merger_id = any($1::uuid[])`, [ids])).map(mergerOf);

/** Whether a merger in which the school takes part is not done yet. */
export const isMerging = async (tx: Tx, school: string): Promise<boolean> =>
  (await mergersOfSchools(tx, [school])).some(isOpen);

/** Writes a merger that was decided, and tells of it: aggregate `merger:<id>`. */
export const insertMerger = async (
  tx: Tx,
  merger: Omit<Merger, 'doneAt' | 'revocation'>,
  at: string,
): Promise<void> => {
  await execute(
    tx,
    `insert into school_merger (merger_id, kind, standing, from_on, document_number, document_on, reason, authority,
       province, decided_by, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      merger.id,
      merger.kind,
      merger.standing,
      merger.from,
      merger.document?.number ?? null,
      merger.document?.issuedOn ?? null,
      merger.reason,
      merger.authority,
      merger.province,
      merger.decidedBy,
      at,
    ],
  );
  await insertRows(
    tx,
    'school_merger_part',
    [
      ['merger_id', 'uuid'],
      ['school', 'text'],
    ],
    merger.parts.map(({ school }) => [merger.id, school]),
  );
  await recordEvents(tx, at, [
    recorded(SchoolMergerDecided, `merger:${merger.id}`, 1, {
      merger: merger.id,
      kind: merger.kind,
      standing: merger.standing,
      ending: merger.parts.map(({ school }) => school),
      from: merger.from,
      authority: merger.authority,
      province: merger.province,
    }),
  ]);
};

/** Takes a merger back and tells of it; the next version of `merger:<id>`. False where it was taken back or done before. */
export const revokeRow = async (
  tx: Tx,
  { id, standing, parts, authority, province }: Merger,
  { at, by, reason }: { at: string; by: string; reason: string },
): Promise<boolean> => {
  const revoked = await execute(
    tx,
    `update school_merger set revoked_at = $2, revoked_by = $3, revocation_reason = $4
     where merger_id = $1 and revoked_at is null and done_at is null`,
    [id, at, by, reason],
  );
  if (revoked === 0) return false;
  await execute(tx, 'update school_merger_part set revoked = true where merger_id = $1', [id]);
  const ending = parts.map(({ school }) => school);
  await recordEvents(tx, at, [
    recorded(SchoolMergerRevoked, `merger:${id}`, 2, { merger: id, standing, ending, authority, province }),
  ]);
  return true;
};

/** Nobody is left at a school: its part of the merger is done, and with the last part the merger. False where it was before. */
export const endPart = async (
  tx: Tx,
  {
    merger,
    school,
    moved,
    on,
    at,
  }: { merger: string; school: string; moved: number; on: string; at: string },
): Promise<boolean> => {
  const ended = await execute(
    tx,
    `update school_merger_part set ended_on = $3, moved = $4
     where merger_id = $1 and school = $2 and ended_on is null`,
    [merger, school, on, moved],
  );
  if (ended === 0) return false;
  await execute(
    tx,
    `update school_merger m set done_at = $2 where m.merger_id = $1
       and not exists (select from school_merger_part p where p.merger_id = m.merger_id and p.ended_on is null)`,
    [merger, at],
  );
  return true;
};
