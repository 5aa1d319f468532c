import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** The categories of a student's archive, in the order of the texts (ARC-02). */
export const ARCHIVE_CATEGORIES = [
  'BASIC_INFO',
  'PROOFS',
  'COMPREHENSIVE_QUALITY',
  'HEALTH',
  'AWARDS',
  'FINANCIAL_AID',
  'PROVINCIAL_OTHER',
] as const;

/** A category of the archive. */
export type ArchiveCategory = (typeof ARCHIVE_CATEGORIES)[number];

/** What each category holds. DISCIPLINE is what Shanxi adds (ARC-18); it stands with the items of the province. */
const KINDS = {
  BASIC_INFO: ['INFORMATION_SHEET', 'INFORMATION_CHANGE', 'STATUS_CHANGE'],
  PROOFS: ['PROOF'],
  COMPREHENSIVE_QUALITY: ['ACADEMIC_TEST', 'SPORT_AND_ART', 'SERVICE_AND_PRACTICE', 'DEVELOPMENT_REPORT'],
  HEALTH: ['FITNESS_TEST', 'HEALTH_CHECK', 'VACCINATION'],
  AWARDS: ['AWARD'],
  FINANCIAL_AID: ['AID'],
  PROVINCIAL_OTHER: ['DISCIPLINE', 'PROVINCIAL_MATERIAL'],
} as const satisfies Record<ArchiveCategory, readonly string[]>;

/** A kind of item that an archive holds. */
export type ArchiveItemKind = (typeof KINDS)[ArchiveCategory][number];

/** Every kind of item, category by category. */
export const ARCHIVE_ITEM_KINDS: readonly ArchiveItemKind[] = ARCHIVE_CATEGORIES.flatMap(
  (category): readonly ArchiveItemKind[] => KINDS[category],
);

/** The category to which a kind of item belongs. Throws RangeError for a kind that no category holds. */
export const categoryOf = (kind: ArchiveItemKind): ArchiveCategory => {
  const found = ARCHIVE_CATEGORIES.find((category) =>
    (KINDS[category] as readonly ArchiveItemKind[]).includes(kind),
  );
  if (!found) throw new RangeError('no category holds items of this kind');
  return found;
};

/** An item that somebody wants to file, and where. */
export type FiledItemFacts = { kind: ArchiveItemKind; category: ArchiveCategory; stage: Stage };

/**
 * An item lies in its own category (ARC-02). The seven of the nation are those of every place: the measure of Beiguan lists six
 * of them and leaves out what the province sets, but a county closes no category that a higher text opens.
 */
export const judgeCategory = (facts: FiledItemFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { category, kind, stage } = facts;
  if (categoryOf(kind) === category) return [];
  return findingIfInForce('ARC-02', {
    message: '该材料不属于所选的档案类别。',
    messageEn: 'An item of this kind does not belong to the category.',
    path: ['category'],
    remedy: '请按材料种类选择档案类别。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });
};
