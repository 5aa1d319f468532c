import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { StudentInfoUpdated } from '#libs/contracts/events/identity.ts';
import { KeyInfoChanged } from '#libs/contracts/events/key-change.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** Who it is about, and the marks that it says anew. */
const marksIn = (event: Envelope): { person: string; marks: object | undefined } => {
  if (event.type === KeyInfoChanged.type) {
    const { person, counted } = readEvent(KeyInfoChanged, event);
    return { person, marks: counted };
  }
  const { person, living } = readEvent(StudentInfoUpdated, event);
  return { person, marks: living };
};

/**
 * What a registration says of gender, document and living data follows identity, whose facts they are: a later school is
 * told so (ID-13, ID-24).
 */
export const changedMarks: Projection = {
  name: 'enrollment-changed-marks',
  sources: ['identity'],
  types: [KeyInfoChanged.type, StudentInfoUpdated.type],
  tables: [],
  apply: async (tx, events) => {
    for (const event of events) {
      const { person, marks } = marksIn(event);
      if (marks === undefined) continue;
      await execute(tx, 'update enrollment set marks = marks || $2::jsonb where person_id = $1 and active', [
        person,
        JSON.stringify(marks),
      ]);
    }
  },
};
