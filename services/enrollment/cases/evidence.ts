import type { IssuerLevel } from '#libs/law/enrollment/proof.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { takeUploads } from '../evidence/take-uploads.ts';

/** A paper as the law looks at it: what it is, and the level of the body that issued it. */
export type Paper = { kind: string; issuerLevel?: IssuerLevel };

/** A paper handed in with a case: an upload that was checked, and what it is said to be. */
export type HandedPaper = { upload: string; kind: string; issuerLevel?: IssuerLevel | null };

/**
 * Takes uploads over as the papers of a case: they are no longer swept away as uploads that nobody used. Throws
 * BAD_USER_INPUT naming every upload that is not there for this school.
 */
export const takePapers = async (
  tx: Tx,
  owner: { person: string; id: string; place: number },
  papers: readonly HandedPaper[],
  by: string,
  at: string,
): Promise<void> => {
  if (papers.length === 0) return;
  const uploads = papers.map(({ upload }) => upload);
  const files = await takeUploads(tx, { uploads, place: owner.place, at }, (index) => [
    'evidence',
    String(index),
    'upload',
  ]);
  for (const [index, paper] of papers.entries()) {
    const file = files[index];
    await execute(
      tx,
      `insert into case_evidence (person_id, case_id, file_id, place, kind, issuer_level, media_type, size, added_by,
         added_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        owner.person,
        owner.id,
        file?.file,
        owner.place,
        paper.kind,
        paper.issuerLevel ?? null,
        file?.mediaType,
        file?.size,
        by,
        at,
      ],
    );
  }
};

/** The papers that a case has. */
export const papersOf = async (tx: Tx, person: string, id: string): Promise<Paper[]> =>
  (
    await query<{ kind: string; issuer_level: IssuerLevel | null }>(
      tx,
      `select kind, issuer_level from case_evidence where person_id = $1 and case_id = $2
       order by added_at, file_id`,
      [person, id],
    )
  ).map(({ kind, issuer_level }) => ({ kind, issuerLevel: issuer_level ?? undefined }));
