import { judgeRequiredItems } from '#libs/law/enrollment/required-items.ts';
import type { LawPlace } from '#libs/law/finding.ts';
import { itemKeyOf, OWN_ITEMS } from './form-findings.ts';

/**
 * Keys of the columns that a file for a place must have: what the law asks for in every row, what the system needs to
 * keep a form, and the document number, without which every child would be taken for one that has no document.
 */
export const neededColumns = (on: string, place: LawPlace): ReadonlySet<string> => {
  const asked = judgeRequiredItems({ guardians: [{}] }, on, place).flatMap(
    (finding) => itemKeyOf(finding) ?? [],
  );
  return new Set([...OWN_ITEMS, 'idDocumentNumber', ...asked]);
};
