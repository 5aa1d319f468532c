import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { CaseRecord } from './case-record.ts';
import type { PaperKind } from './request.ts';

/** Kinds of the papers of cases, by case. */
export const papersOfCases = async (
  tx: Tx,
  cases: readonly string[],
): Promise<ReadonlyMap<string, PaperKind[]>> => {
  if (cases.length === 0) return new Map();
  const rows = await query<{ id: string; kind: PaperKind }>(
    tx,
    `select case_id as id, kind from transfer_paper where case_id = any($1::uuid[]) order by added_at, upload_id`,
    [cases],
  );
  const byCase = Map.groupBy(rows, ({ id }) => id);
  return new Map([...byCase].map(([id, own]) => [id, own.map(({ kind }) => kind)]));
};

/** Puts papers to a case; their files are held for it already. */
export const addPapers = async (
  tx: Tx,
  { id, person, source, target }: CaseRecord,
  papers: readonly (HeldPaper & { kind: PaperKind })[],
  by: string,
  at: string,
): Promise<void> => {
  await insertRows(
    tx,
    'transfer_paper',
    [
      ['case_id', 'uuid'],
      ['person_id', 'uuid'],
      ['source_place', 'bigint'],
      ['target_place', 'bigint'],
      ['competent_place', 'bigint'],
      ['upload_id', 'uuid'],
      ['file_id', 'uuid'],
      ['kind', 'text'],
      ['media_type', 'text'],
      ['size', 'bigint'],
      ['added_by', 'text'],
      ['added_at', 'timestamptz'],
    ],
    papers.map(({ upload, file, kind, mediaType, size }) => [
      ...[id, person, source.place, target.place, target.competent?.place ?? null],
      ...[upload, file, kind, mediaType, size, by, at],
    ]),
  );
};
