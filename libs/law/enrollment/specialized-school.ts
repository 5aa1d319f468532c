import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { requireValue } from '../resolve.ts';

/**
 * A pupil who enters a specialised school keeps the registration at the original school: a mark says where the pupil
 * studies, and the registration is never transferred there (ENR-22, CF-22). Until 2025 school and guardians agreed on
 * it (ENR-23). A transfer to another ordinary school stays open meanwhile.
 */
export const judgeSpecializedSchoolTransfer = (
  facts: { stage: Stage; targetIsSpecialized: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  const stays = requireValue('specializedSchoolRegistration', place, on, { stage: facts.stage }) === 'STAYS';
  if (!facts.targetIsSpecialized || !stays) return [];
  return findingIfInForce('ENR-22', {
    message: '入读专门学校的学生，学籍保留在原学校，不办理转学。',
    messageEn: 'A pupil of a specialised school keeps the registration at the original school.',
    path: ['targetSchool'],
    remedy: '请原学校登记“就读专门学校”标记。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage: facts.stage,
  });
};

/** On return the school attended and its competent authority fix the grade; then the mark is cleared (ENR-22). */
export const judgeSpecializedSchoolReturn = (
  facts: { stage: Stage; gradeFixedBySchool: boolean; gradeFixedByAuthority: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.gradeFixedBySchool && facts.gradeFixedByAuthority
    ? []
    : findingIfInForce('ENR-22', {
        code: 'RETURN_GRADE_NOT_FIXED',
        outcome: 'HOLD',
        message: '从专门学校返回，就读年级须由就读学校和主管教育行政部门确定。',
        messageEn: 'The school attended and its competent authority fix the grade on return.',
        path: ['grade'],
        remedy: facts.gradeFixedBySchool
          ? '请主管教育行政部门确认年级；学生可以先返校就读。'
          : '请就读学校提出年级，报主管教育行政部门确定；学生可以先返校就读。',
        ownerLevel: facts.gradeFixedBySchool ? 'COUNTY' : 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      });
