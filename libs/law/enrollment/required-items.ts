import type { IsoDate } from '../dates.ts';
import {
  type Finding,
  type FindingSpec,
  finding,
  findingIfInForce,
  isInForce,
  type LawPlace,
} from '../finding.ts';
import { resolve } from '../resolve.ts';
import {
  type CollectionFormFacts,
  DISABILITY_ITEMS,
  GUARDIAN_ITEMS,
  type GuardianFacts,
  IDENTITY_ITEMS,
  isMissing,
  type RequiredItem,
  STUDENT_ITEMS,
} from './collection-form.ts';

/** Both blocks are alike; the second runs nine items later. */
const GUARDIAN_BLOCK = 9;

/**
 * What is missing on the collection form: where the Shanxi annex holds, every marked item (ID-23); elsewhere the items
 * that the identity document gives (ENR-07). The second family member counts only when entered.
 */
export const judgeRequiredItems = (form: CollectionFormFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!isInForce('ID-23', on, place)) return judgeIdentityItems(form, on, place);
  const asterisk = resolve('asteriskIsRequired', place, on).value === true;
  const asked = (item: RequiredItem<CollectionFormFacts>) =>
    (asterisk || !item.asterisk) && !(item.field === 'ethnicGroup' && isForeign(form));
  const items = form.isDisabled === true ? [...STUDENT_ITEMS, ...DISABILITY_ITEMS] : STUDENT_ITEMS;
  return [
    ...items
      .filter((item) => asked(item) && isMissing(form[item.field]))
      .map((item) => missingItem(item.item, item.label, ['form', item.field], on, place)),
    ...judgeGuardians(form.guardians ?? [], asterisk, on, place),
  ];
};

const judgeGuardians = (
  guardians: readonly GuardianFacts[],
  asterisk: boolean,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const first = guardians[0]
    ? []
    : [missingItem(18, '家庭成员或监护人信息一', ['form', 'guardians'], on, place)];
  const missing = guardians
    .slice(0, 2)
    .flatMap((guardian, at) =>
      GUARDIAN_ITEMS.filter(
        ({ field, item }) =>
          isMissing(guardian[field]) &&
          !(field === 'idDocumentNumber' && guardian.idDocumentType === 'NONE') &&
          (asterisk || item + GUARDIAN_BLOCK * at !== 35),
      ).map(({ item, label, field }) =>
        missingItem(item + GUARDIAN_BLOCK * at, label, ['form', 'guardians', String(at), field], on, place),
      ),
    );
  const nobody = guardians.length > 0 && guardians.every(({ isLegalGuardian }) => isLegalGuardian === false);
  return [...first, ...missing, ...(nobody ? [noLegalGuardian(on, place)] : [])];
};

const isForeign = ({ overseasCategory }: CollectionFormFacts): boolean =>
  overseasCategory === 'FOREIGN' || overseasCategory === 'FOREIGN_CHILD_OF_RESIDENT';

const missingItem = (item: number, label: string, path: string[], on: IsoDate, place: LawPlace): Finding =>
  finding('ID-23', { ...said(`第${item}项“${label}”未填写。`, `Item ${item} is missing.`, path), on, place });

const noLegalGuardian = (on: IsoDate, place: LawPlace): Finding =>
  finding('ID-23', {
    message: '第20、29项：至少要有一名监护人。',
    messageEn: 'Items 20 and 29: at least one person must be the legal guardian.',
    path: ['form', 'guardians'],
    remedy: '请确认由谁担任监护人。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
  });

const judgeIdentityItems = (form: CollectionFormFacts, on: IsoDate, place: LawPlace): Finding[] =>
  STUDENT_ITEMS.filter(({ field }) => IDENTITY_ITEMS.has(field) && isMissing(form[field])).flatMap(
    ({ field, label }) =>
      findingIfInForce('ENR-07', {
        ...said(`“${label}”未填写。`, `${field} is missing.`, ['form', field]),
        code: 'REQUIRED_ITEM_MISSING',
        on,
        place,
      }),
  );

const said = (
  message: string,
  messageEn: string,
  path: string[],
): Pick<FindingSpec, 'message' | 'messageEn' | 'path' | 'remedy' | 'ownerLevel'> => ({
  message,
  messageEn,
  path,
  remedy: '请补充后重新提交。',
  ownerLevel: 'SCHOOL',
});
