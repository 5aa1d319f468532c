import { z } from 'zod';
import { Place, SchoolCode, UnitCode, Uuid } from '../ids.ts';
import { StudentNumberKind } from '../vocabulary.ts';

/** Most claims in one command: one transaction of the owner. */
export const largestClaim = 100;

export const Claim = z.object({
  /** Id of the intake; the same id asked again gets the same answer. */
  intake: Uuid,
  school: SchoolCode,
  place: Place,
  province: UnitCode,
  /** Region that a new number names: the county of the school, or its authority. */
  region: UnitCode,
  /** Code of the school's registry authority, told to others on a duplicate hit (PRV-15). */
  authority: UnitCode,
  /** PersonForm as JSON, sealed for the intake, base64. */
  sealed: z.string(),
  /** The person whose registration was sent back: the form corrects it, and nobody new is made (W-03). */
  corrects: Uuid.optional(),
});

/** A record of somebody known: all that another school may learn of it (PRV-15). */
export const KnownRecord = z.object({
  kind: StudentNumberKind,
  authority: UnitCode,
  /** Only where the record is of the same school. */
  person: Uuid.nullable(),
});
export type KnownRecord = z.infer<typeof KnownRecord>;

/** Records that are perhaps the same child's: they refuse nothing, and the authority has to look (ID-17). */
export const alike = z.array(KnownRecord);

const Claimed = z.object({
  intake: Uuid,
  outcome: z.literal('CLAIMED'),
  person: Uuid,
  /** Owner's version of the person. */
  version: z.int(),
  kind: StudentNumberKind,
  /** True where an existing number is carried on (ID-31). */
  continued: z.boolean(),
  alike,
});

const Exists = z.object({ intake: Uuid, outcome: z.literal('EXISTS'), ...KnownRecord.shape });

const KeyChange = z.object({
  intake: Uuid,
  /** A correction would change the name or the document of somebody with a formal number (ID-13). */
  outcome: z.literal('KEY_CHANGE'),
});

/** Enrollment asks identity to claim persons for new registrations: duplicate check, person, number. */
export const claimPersons = {
  subject: 'identity.claim-persons',
  timeout: 20_000,
  request: z.object({ claims: z.array(Claim).min(1).max(largestClaim) }),
  reply: z.object({ results: z.array(z.discriminatedUnion('outcome', [Claimed, Exists, KeyChange])) }),
};
export type ClaimRequest = z.infer<typeof Claim>;
export type ClaimResult = z.infer<typeof Claimed> | z.infer<typeof Exists> | z.infer<typeof KeyChange>;
