import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';

/** Somebody who is to have a number again. */
export type NewNumberFacts = {
  /** The registration has been approved and goes on. */
  isRegistered: boolean;
  hasNumber: boolean;
  /** The last number was deleted by the ministry. */
  wasDeleted: boolean;
};

/**
 * A pupil whose number was deleted goes on as a pupil and has one number like everybody (ID-01): a decision of the
 * registry authority gives a temporary one, which the yearly issue follows up with both checks (ID-07). Nobody else is
 * given a number in this way.
 */
export const judgeNewNumber = (
  { isRegistered, hasNumber, wasDeleted }: NewNumberFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const where = { outcome: 'REJECT', ownerLevel: 'COUNTY', on, place } as const;
  return [
    ...(isRegistered
      ? []
      : [
          finding('ID-01', {
            ...where,
            code: 'REGISTRATION_NOT_APPROVED',
            message: '该学生的学籍尚未核准或已注销，不能重新赋号。',
            messageEn: 'The registration has not been approved, or it was closed.',
            remedy: '请先办理该学生的学籍。',
          }),
        ]),
    ...(hasNumber || !wasDeleted
      ? [
          finding('ID-01', {
            ...where,
            code: hasNumber ? 'NUMBER_IN_USE' : 'NUMBER_NOT_DELETED',
            message: hasNumber ? '该学生已有现用学籍号。' : '该学生的学籍号不是经批准删除的，不能重新赋号。',
            messageEn: hasNumber ? 'The pupil has a number.' : 'No number of this pupil was deleted.',
            remedy: hasNumber ? '请使用现用学籍号。' : '请核对该学生的学籍号历史。',
          }),
        ]
      : []),
  ];
};
