import { z } from 'zod';
import { Place, Uuid } from '../ids.ts';

/** Persons in one answer at most. */
export const mostHeld = 1_000;

/** What the owner holds of somebody, as far as statistics count it: codes by name, no personal data. */
export const HeldPerson = z.object({
  person: Uuid,
  place: Place,
  facts: z.record(z.string(), z.string().nullable()),
  /** False while events of the person wait to be put into the log. */
  isTold: z.boolean(),
});
export type HeldPerson = z.infer<typeof HeldPerson>;

/**
 * Statistics recount against the owners of the facts: persons in the order of their ids after one, or these. `seq` is the
 * end of the owner's log at the moment of the answer, so that it is known what must have been heard to compare.
 */
export const heldPersonsOf = (owner: 'enrollment' | 'identity') => ({
  subject: `${owner}.held-persons`,
  timeout: 10_000,
  request: z.object({ after: Uuid.nullable(), persons: z.array(Uuid).max(mostHeld).nullable() }),
  reply: z.object({ seq: z.int().min(0), held: z.array(HeldPerson).max(mostHeld) }),
});
