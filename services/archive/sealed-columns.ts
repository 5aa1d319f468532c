import type { SealedColumn } from '#libs/platform/crypto/sealed-columns.ts';
import { wordsContext } from './entries/words.ts';

/** What archives keep sealed; the chain of an archive is over hashes of the words, so that they can be sealed anew. */
export const sealedColumns: readonly SealedColumn[] = ['archive_entry', 'archive_copy_entry'].map(
  (table) => ({
    ...{ table, column: 'content', from: ['person_id', 'source'], context: wordsContext },
  }),
);
