import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { KeyInfoChangeMoved, NumberDeletionMoved } from '#libs/contracts/events/key-change.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

const papersOf = (event: Envelope): readonly string[] => {
  if (event.type === KeyInfoChangeMoved.type) return readEvent(KeyInfoChangeMoved, event).papers;
  return event.type === NumberDeletionMoved.type ? readEvent(NumberDeletionMoved, event).papers : [];
};

const keep = (tx: Tx, papers: readonly string[], at: string) =>
  execute(tx, 'update upload set taken_at = $2 where upload_id = any($1::uuid[]) and taken_at is null', [
    papers,
    at,
  ]);

/** Held uploads that became papers of something in identity are swept away no more. */
export const takenPapers: Projection = {
  name: 'enrollment-taken-papers',
  sources: ['identity'],
  types: [KeyInfoChangeMoved.type, NumberDeletionMoved.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const papers = papersOf(event);
      if (papers.length > 0) await keep(tx, papers, event.time);
    }
  },
};
