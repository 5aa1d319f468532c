/** A file that was taken, and what it is. */
export type Paper = { upload: string; name: string; kind?: string; issuerLevel?: string };

/** Papers as an order names them that has no kinds of papers. */
export const uploadsOf = (papers: readonly Paper[] = []): string[] => papers.map(({ upload }) => upload);

/** Papers as an order names them that asks what each is; one of which that is not said yet stays behind. */
export const proofsOf = (papers: readonly Paper[] = []): { upload: string; kind: string }[] =>
  papers.flatMap(({ upload, kind }) => (kind ? [{ upload, kind }] : []));
