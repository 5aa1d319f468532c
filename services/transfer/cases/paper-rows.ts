import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { CaseRecord } from './case-record.ts';
import type { PaperKind } from './request.ts';

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
