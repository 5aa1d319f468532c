import type { AddArchiveMaterialMutationVariables } from './generated/add-material.ts';

type Input = AddArchiveMaterialMutationVariables['input'];

/** What a registrar files by hand, by the category that holds it (ARC-02); awards and measures have orders of their own. */
export const filedByHand = {
  BASIC_INFO: ['INFORMATION_SHEET', 'INFORMATION_CHANGE', 'STATUS_CHANGE'],
  PROOFS: ['PROOF'],
  COMPREHENSIVE_QUALITY: ['ACADEMIC_TEST', 'SPORT_AND_ART', 'SERVICE_AND_PRACTICE', 'DEVELOPMENT_REPORT'],
  HEALTH: ['FITNESS_TEST', 'HEALTH_CHECK', 'VACCINATION'],
  FINANCIAL_AID: ['AID'],
  PROVINCIAL_OTHER: ['PROVINCIAL_MATERIAL'],
} as const satisfies Partial<Record<Input['category'], readonly Input['kind'][]>>;

export type HandCategory = keyof typeof filedByHand;

export const handCategories = Object.keys(filedByHand) as HandCategory[];

/** The category into which something of a kind goes; undefined for what is not filed by hand. */
export const categoryOf = (kind: string): HandCategory | undefined =>
  handCategories.find((category) => (filedByHand[category] as readonly string[]).includes(kind));
