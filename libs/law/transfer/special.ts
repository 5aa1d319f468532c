import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';

/**
 * True where the registration of a disabled pupil who moves between a special school and an inclusive class may stay at
 * the old school; in Shanxi it moves (TRF-29, CF-22). `place`: of the receiving school.
 */
export const mayRegistrationStay = (on: IsoDate, place: LawPlace, stage: Stage): boolean => {
  enforces('TRF-29');
  return requireValue('specialSchoolRegistration', place, on, { stage }) === 'MOVES_OR_STAYS';
};

/** A disabled pupil who moves between a special school and an inclusive class of an ordinary one. */
export type SpecialMoveFacts = {
  stage: Stage;
  /** Guardian and schools want the registration to stay where it is. */
  registrationStays: boolean;
};

/** In Shanxi the receiving school promptly takes over the registration; elsewhere it may stay (TRF-29). */
export const judgeSpecialMove = (facts: SpecialMoveFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { stage, registrationStays } = facts;
  if (!registrationStays || mayRegistrationStay(on, place, stage)) return [];
  return findingIfInForce('TRF-29', {
    message: '残疾学生在特教学校与普通学校随班就读之间互转的，学籍须由转入学校及时转接。',
    messageEn: 'The receiving school takes over the registration of a disabled pupil.',
    path: ['registrationStays'],
    remedy: '请由转入学校发起转学，转接学籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage,
  });
};
