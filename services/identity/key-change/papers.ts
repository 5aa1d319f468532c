import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import { KeyProofKind } from '#libs/contracts/vocabulary.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';

/** Papers as a request hands them in: uploads, and what they are said to be. */
export const HandedProofs = z
  .array(z.object({ upload: Uuid, kind: KeyProofKind }))
  .max(20)
  .refine((papers) => new Set(papers.map(({ upload }) => upload)).size === papers.length, {
    message: '同一文件只能列一次。 Each file once.',
  });

/** A paper of a change as it is kept. */
export type ChangePaper = {
  upload: string;
  file: string;
  kind: KeyProofKind;
  mediaType: string;
  size: number;
};

export type KeptPaper = ChangePaper & { person: string; change: string; addedAt: Date };

/** Puts papers to a change; their files are held for it already. */
export const addPapers = async (
  tx: Tx,
  owner: { person: string; id: string; place: number },
  papers: readonly ChangePaper[],
  by: string,
  at: string,
): Promise<void> => {
  await insertRows(
    tx,
    'key_change_paper',
    [
      ['person_id', 'uuid'],
      ['change_id', 'uuid'],
      ['upload_id', 'uuid'],
      ['file_id', 'uuid'],
      ['place', 'bigint'],
      ['kind', 'text'],
      ['media_type', 'text'],
      ['size', 'bigint'],
      ['added_by', 'text'],
      ['added_at', 'timestamptz'],
    ],
    papers.map(({ upload, file, kind, mediaType, size }) => [
      owner.person,
      owner.id,
      upload,
      file,
      owner.place,
      kind,
      mediaType,
      size,
      by,
      at,
    ]),
  );
};

/** The papers of changes, in the order in which they came. */
export const papersOfChanges = (tx: Tx, changes: readonly string[]): Promise<KeptPaper[]> =>
  query<KeptPaper>(
    tx,
    `select person_id as person, change_id as change, upload_id as upload, file_id as file, kind, media_type as "mediaType",
            size::int as size, added_at as "addedAt"
     from key_change_paper where change_id = any($1::uuid[]) order by added_at, upload_id`,
    [changes],
  );
