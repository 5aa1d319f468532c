import { z } from 'zod';
import { Day, Uuid } from '../ids.ts';
import { Gender } from '../vocabulary.ts';

/** Context under which the answer is sealed. */
export const tellHoldersContext = (id: string): string => `tell-holders:${id}`;

/** What a certificate, or a slip about a complaint, says of a student; null: nothing is on file. */
export const Holder = z.object({
  person: Uuid,
  name: z.string(),
  studentNumber: z.string().nullable(),
  idDocumentNumber: z.string().nullable(),
  gender: Gender,
  birthDate: Day,
  /** Code of GB/T 3304. */
  ethnicGroup: z.string().nullable().default(null),
  /** Division code of the household, from which province and county are named. */
  division: z.string().nullable(),
  /** What the holder cannot have: a document of identity, which nobody has given yet, or a household in the country. */
  without: z
    .object({ idDocument: z.boolean(), household: z.boolean() })
    .default({ idDocument: false, household: false }),
});
export type Holder = z.infer<typeof Holder>;

export const mostHolders = 500;

/**
 * The service of certificates asks identity what it is to print of those to whom certificates are issued, and that of tickets what
 * the forms of its slips say of the student concerned (F7, F8); nobody else does.
 * The answer travels sealed under the id; of persons who are nobody nothing is told.
 */
export const tellHolders = {
  subject: 'identity.tell-holders',
  timeout: 15_000,
  request: z.object({ id: Uuid, persons: z.array(Uuid).max(mostHolders) }),
  reply: z.object({
    /** `Holder[]` as JSON, sealed under the id, base64. */
    sealed: z.string(),
  }),
};
