import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { NumberDeletionMoved } from '#libs/contracts/events/key-change.ts';
import type { NumberDeletionState, StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { type Recorded, recorded } from '#libs/platform/events/outbox.ts';

/** A request to delete a number as it is kept, with the number that it is about. */
export type DeletionRecord = {
  person: string;
  id: string;
  place: number;
  province: string;
  /** Which of the person's numbers. */
  ordinal: number;
  numberKind: StudentNumberKind;
  sealedNumber: Uint8Array;
  state: NumberDeletionState;
  reason: string;
  requestedBy: string;
  requestedAt: string;
  decidedAt: string | null;
  decisionReason: string | null;
  version: number;
};

type Row = Omit<DeletionRecord, 'place' | 'requestedAt' | 'decidedAt'> & {
  place: string;
  requestedAt: Date;
  decidedAt: Date | null;
};

/** Columns and join of a deletion with its number. */
const deletionColumns = `d.person_id as person, d.deletion_id as id, d.place, d.province, d.ordinal,
  n.kind as "numberKind", n.sealed as "sealedNumber", d.state, d.reason, d.requested_by as "requestedBy",
  d.requested_at as "requestedAt", d.decided_at as "decidedAt", d.decision_reason as "decisionReason", d.version`;
const deletionTables = `number_deletion d
  join student_number n on n.person_id = d.person_id and n.ordinal = d.ordinal`;

const recordOf = (row: Row): DeletionRecord => ({
  ...row,
  place: Number(row.place),
  requestedAt: new Date(row.requestedAt).toISOString(),
  decidedAt: row.decidedAt && new Date(row.decidedAt).toISOString(),
});

export const readDeletions = async (
  tx: Tx,
  rest: string,
  parameters: readonly unknown[],
): Promise<DeletionRecord[]> =>
  (await query<Row>(tx, `select ${deletionColumns} from ${deletionTables} ${rest}`, parameters)).map(
    recordOf,
  );

/** Tells of the course of a deletion; `papers` became its papers just now. */
export const deletionMoved = (
  { person, id, place, province, state, version }: Omit<DeletionRecord, 'numberKind' | 'sealedNumber'>,
  papers: readonly string[] = [],
): Recorded =>
  recorded(NumberDeletionMoved, `number-deletion:${id}`, version, {
    ...{ person, place, province, deletion: id, state },
    papers: [...papers],
  });

export const insertDeletion = (
  tx: Tx,
  made: Omit<DeletionRecord, 'numberKind' | 'sealedNumber'>,
): Promise<number> =>
  execute(
    tx,
    `insert into number_deletion (person_id, deletion_id, place, province, ordinal, state, reason, requested_by,
       requested_at, version)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      made.person,
      made.id,
      made.place,
      made.province,
      made.ordinal,
      made.state,
      made.reason,
      made.requestedBy,
      made.requestedAt,
      made.version,
    ],
  );

export const insertDeletionPapers = async (
  tx: Tx,
  owner: { person: string; id: string; place: number; requestedBy: string; requestedAt: string },
  papers: readonly HeldPaper[],
): Promise<void> => {
  await insertRows(
    tx,
    'number_deletion_paper',
    [
      ['person_id', 'uuid'],
      ['deletion_id', 'uuid'],
      ['upload_id', 'uuid'],
      ['file_id', 'uuid'],
      ['place', 'bigint'],
      ['media_type', 'text'],
      ['size', 'bigint'],
      ['added_by', 'text'],
      ['added_at', 'timestamptz'],
    ],
    papers.map(({ upload, file, mediaType, size }) => [
      owner.person,
      owner.id,
      upload,
      file,
      owner.place,
      mediaType,
      size,
      owner.requestedBy,
      owner.requestedAt,
    ]),
  );
};
