import type { Proof } from '#libs/law/enrollment/proof.ts';
import type { Paper } from './evidence.ts';

/** The papers among these kinds, as the law reads them. */
export const proofsAmong = <Kind extends string>(
  papers: readonly Paper[],
  kinds: readonly Kind[],
): Proof<Kind>[] =>
  papers.flatMap((paper) => {
    const kind = kinds.find((each) => each === paper.kind);
    return kind === undefined ? [] : [{ kind, issuerLevel: paper.issuerLevel }];
  });

/** True where the guardian's written application is on file. */
export const hasApplication = (papers: readonly Paper[]): boolean =>
  papers.some(({ kind }) => kind === 'APPLICATION_FORM');
