import { readEvent } from '#libs/contracts/envelope.ts';
import { ProblemRecordMoved } from '#libs/contracts/events/problem-record.ts';
import { enforces } from '#libs/law/enforces.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/**
 * The faults that schools found in the checks of terms follow their problem records to the end (STA-05, W-22): one is open as
 * long as the event of its record names whose turn it is.
 */
export const faultProjection: Projection = {
  name: 'statistics-term-faults',
  sources: ['identity'],
  types: [ProblemRecordMoved.type],
  tables: [],
  apply: async (tx, events) => {
    enforces('STA-05');
    const moved = events.map((event) => readEvent(ProblemRecordMoved, event));
    const last = [...new Map(moved.map((each) => [`${each.person} ${each.kind}`, each])).values()];
    await execute(
      tx,
      `update term_fault f set open = m.open
       from unnest($1::uuid[], $2::text[], $3::boolean[]) as m (person_id, kind, open)
       where f.person_id = m.person_id and f.kind = m.kind and f.open <> m.open`,
      [
        last.map(({ person }) => person),
        last.map(({ kind }) => kind),
        last.map(({ turn }) => turn !== undefined),
      ],
    );
  },
};
