import { z } from 'zod';
import { Day } from './ids.ts';
import { Gender, IdDocumentType, OverseasCategory } from './vocabulary.ts';

export const GuardianRelation = z.enum(['FATHER', 'MOTHER', 'GRANDPARENT', 'OTHER_RELATIVE', 'OTHER']);

/** A guardian or family member, normalised (form F1, items 18-35). */
export const GuardianFacts = z.object({
  name: z.string().min(1).max(60),
  relation: GuardianRelation,
  isLegalGuardian: z.boolean(),
  ethnicGroup: z.string().nullable(),
  idDocumentType: IdDocumentType,
  idDocumentNumber: z.string().nullable(),
  workUnit: z.string().nullable(),
  householdAddress: z.string().nullable(),
  phone: z.string().nullable(),
});
export type GuardianFacts = z.infer<typeof GuardianFacts>;

/** The living items: what may change without touching who the person is. */
export const ProfileFacts = z.object({
  currentAddress: z.string().nullable(),
  householdAddress: z.string().nullable(),
  politicalStatus: z.string().nullable(),
  isBoarder: z.boolean(),
  isLeftBehind: z.boolean(),
  isMigrantChild: z.boolean(),
  isDisabled: z.boolean(),
  disabilityType: z.string().nullable(),
  /** I to IV (GB/T 26341); of forms collected before it was kept: absent. */
  disabilityLevel: z.string().nullish(),
  placementMode: z.string().nullable(),
  hasResidencePermit: z.boolean(),
  residencePermitIssuer: z.string().nullable(),
  residencePermitIssueDate: Day.nullable(),
  contactPhone: z.string().nullable(),
  commuteDistance: z.number().nullable(),
  commuteMode: z.string().nullable(),
});
export type ProfileFacts = z.infer<typeof ProfileFacts>;

/**
 * A person as collected: what identity needs to claim somebody. Travels between services only sealed, because it
 * holds the ID number.
 */
export const PersonForm = z.object({
  name: z.string().min(1).max(60),
  formerName: z.string().nullable(),
  gender: Gender,
  nationality: z.string(),
  overseasCategory: OverseasCategory,
  ethnicGroup: z.string().nullable(),
  idDocumentType: IdDocumentType,
  idDocumentNumber: z.string().nullable(),
  birthDate: Day,
  profile: ProfileFacts,
  guardians: z.array(GuardianFacts).max(2),
});
export type PersonForm = z.infer<typeof PersonForm>;

/** Context under which a person form is sealed: its intake. */
export const personFormContext = (intake: string): string => `person-form:${intake}`;
