import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/**
 * Everybody who studies at a school has a registration (ORG-10): who is taught there without one is on record until
 * there is one. It never keeps the child from attending (ENR-05).
 */
export const judgeAttendance = (
  facts: { attends: boolean; registered: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  !facts.attends || facts.registered
    ? []
    : findingIfInForce('ORG-10', {
        code: 'STUDENT_WITHOUT_REGISTRATION',
        outcome: 'RECORD',
        message: '该学生在校就读但尚未建立学籍。',
        messageEn: 'The child studies at the school without a registration.',
        remedy: '请尽快建立或转接学籍；学生照常就读。',
        ownerLevel: 'SCHOOL',
        on,
        place,
      });
