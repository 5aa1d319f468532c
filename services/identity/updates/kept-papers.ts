import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { papersOf } from '#libs/platform/files/hold-papers.ts';
import type { PaperKind } from './paper-kinds.ts';
import type { KeptPaper } from './update-record.ts';

type Handed = { kind: PaperKind; upload?: string | null };

/** Papers as a change keeps them: those that were named alone, and those of which copies are held. */
export const keptPapers = (
  held: readonly HeldPaper[],
  handed: readonly Handed[],
  at: string,
): KeptPaper[] => {
  const named = handed.filter(({ upload }) => !upload);
  const copied = handed.flatMap(({ kind, upload }) => (upload ? [{ kind, upload }] : []));
  return [
    ...named.map(({ kind }) => ({ kind, upload: null, file: null, mediaType: null, addedAt: at })),
    ...papersOf(held, copied).map(({ kind, upload, file, mediaType }) => ({
      ...{ kind, upload, file, mediaType },
      addedAt: at,
    })),
  ];
};
