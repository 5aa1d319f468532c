import { z } from 'zod';
import { Day, SchoolCode, Uuid } from '../ids.ts';
import { IdDocumentType } from '../vocabulary.ts';

/** Context under which the question is sealed. */
export const findForTransferContext = (id: string): string => `find-for-transfer:${id}`;

/** By which number the receiving school knows a pupil: its student number, or that of its document. */
export const KnownBy = z.union([
  z.object({ studentNumber: z.string().min(1).max(40) }),
  z.object({ idDocumentType: IdDocumentType, idDocumentNumber: z.string().min(1).max(40) }),
]);

/** A pupil as the receiving school knows it: number and name together, so that nobody is found by guessing one. */
export const KnownPupil = z.object({ name: z.string().min(1).max(120), by: KnownBy });
export type KnownPupil = z.infer<typeof KnownPupil>;

/**
 * A pupil whose registration at a school was refused because a record stands elsewhere: by that registration, for the school
 * that asked alone (TRF-53).
 */
export const FoundByCheck = z.object({ found: Uuid, school: SchoolCode });

export const PupilSought = z.union([KnownPupil, FoundByCheck]);
export type PupilSought = z.infer<typeof PupilSought>;

/**
 * A service that has authorised its caller asks identity who a pupil is whom a school wants to take in. The question
 * travels sealed; the answer holds the opaque id and, for the law alone, the day of birth, sealed as well. Nothing else is
 * told (PRV-15).
 */
export const findForTransfer = {
  subject: 'identity.find-for-transfer',
  timeout: 5_000,
  request: z.object({
    id: Uuid,
    /** `PupilSought` as JSON, sealed under the id, base64. */
    sealed: z.string(),
  }),
  reply: z.object({
    found: z
      .object({
        person: Uuid,
        /** `BirthTold` as JSON, sealed under the id, base64. */
        sealed: z.string(),
      })
      .nullable(),
  }),
};

export const BirthTold = z.object({ birthDate: Day });
