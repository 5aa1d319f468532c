import { z } from 'zod';
import { Day, Uuid } from '../ids.ts';

/** Context under which question and answer are sealed, each under its own. */
export const enquirerContext = (id: string): string => `verify-enquirer:${id}`;
export const enquiredNumberContext = (id: string): string => `enquired-number:${id}`;

/** Somebody by name and number of a document. */
const Named = z.object({ name: z.string().max(120), document: z.string().max(60) });

/** What whoever asks for a student number has said (ID-29): of the student, of himself, and further facts. */
export const EnquirerSaid = z.object({
  asks: z.enum(['STUDENT', 'GUARDIAN', 'OTHER']),
  student: Named,
  /** The guardian who asks. */
  guardian: Named.nullable(),
  birthDate: Day.nullable(),
  school: z.string().max(10).nullable(),
  /** A guardian's telephone as the school has it. */
  phone: z.string().max(40).nullable(),
});
export type EnquirerSaid = z.infer<typeof EnquirerSaid>;

/**
 * A service whose caller answers enquiries asks identity how far what was said agrees with the record. The number comes
 * with it, sealed, only where it does (ID-29); the comparison is the same whether there is a record or not.
 */
export const verifyEnquirer = {
  subject: 'identity.verify-enquirer',
  timeout: 5_000,
  request: z.object({
    id: Uuid,
    /** `EnquirerSaid` as JSON, sealed under the id, base64. */
    sealed: z.string(),
  }),
  reply: z.object({
    nameMatches: z.boolean(),
    documentMatches: z.boolean(),
    furtherMatches: z.int().min(0).max(3),
    /** Whose number is told, with the number sealed under the id, base64. */
    told: z.object({ person: Uuid, sealed: z.string() }).nullable(),
  }),
};
