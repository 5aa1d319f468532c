import { readEvent } from '#libs/contracts/envelope.ts';
import { KeyInfoChanged } from '#libs/contracts/events/key-change.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** What a registration says of gender and document follows identity, whose facts they are: a later school is told so. */
export const changedMarks: Projection = {
  name: 'enrollment-changed-marks',
  sources: ['identity'],
  types: [KeyInfoChanged.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const { person, counted } = readEvent(KeyInfoChanged, event);
      await execute(tx, 'update enrollment set marks = marks || $2::jsonb where person_id = $1 and active', [
        person,
        JSON.stringify(counted),
      ]);
    }
  },
};
