import { v7 as uuidv7 } from 'uuid';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type ClassTakenOver,
  type EnrollmentTakenOver,
  takeOverClasses,
  takeOverEnrollments,
} from '#services/enrollment/take-over.ts';

const classSize = 50;
const batch = 500;
const schoolYear = 2026;

const marksOf = (seat: number): EnrollmentTakenOver['marks'] => ({
  gender: seat % 2 === 0 ? 'FEMALE' : 'MALE',
  documentType: 'RESIDENT_ID',
  boarder: seat % 5 === 0,
  leftBehind: false,
  migrant: false,
  residencePermit: false,
  disabled: false,
  ethnicGroup: 'HAN',
});

/** One in fifty repeats the grade before the class's, one in fifty is suspended since the autumn. */
const apart = (seat: number, entryYearAdj: number): Partial<EnrollmentTakenOver> => {
  if (seat === 7 && entryYearAdj < schoolYear) return { entryYearAdj: entryYearAdj + 1 };
  return seat === 8 ? { suspendedFrom: `${schoolYear}-09-21` } : {};
};

/** Primary classes of a school, the n-th of all; every fifth school has five years of it. */
const classAt = (
  school: SchoolFact,
  number: number,
  round: number,
): ClassTakenOver & { lastGrade: number } => {
  const lastGrade = Number(school.code.at(-1)) % 5 === 0 ? 5 : 6;
  return {
    id: uuidv7(),
    school: school.code,
    place: school.place,
    stage: 'PRIMARY',
    entryYearAdj: schoolYear - (round % lastGrade),
    name: `测${number}`,
    size: classSize,
    lastGrade,
  };
};

/**
 * Pupils of primary schools of a unit as another registry would hand them over, in classes of fifty over all grades.
 * For reads that need many: identity knows nothing of them.
 */
export const fillRange = async (core: ServiceCore, unit: string, pupils: number): Promise<void> => {
  const range = await core.directory.rangeOf(unit);
  if (range === undefined) throw new Error('The unit is not known');
  const schools = (await core.directory.schoolsIn(range.lo, range.hi)).filter(({ stages }) =>
    stages.some(({ stage }) => stage === 'PRIMARY'),
  );
  let waiting: EnrollmentTakenOver[] = [];
  let writing: Promise<void> = Promise.resolve();
  for (let number = 0; number * classSize < pupils; number++) {
    const school = schools[number % schools.length];
    if (school === undefined) throw new Error('The unit has no primary school');
    const { lastGrade, ...made } = classAt(school, number, Math.floor(number / schools.length));
    await takeOverClasses(core, [made]);
    const { place, entryYearAdj } = made;
    for (let seat = 0; seat < Math.min(classSize, pupils - number * classSize); seat++) {
      waiting.push({
        person: uuidv7(),
        ...{
          school: school.code,
          place,
          province: school.province,
          stage: 'PRIMARY',
          entryYearAdj,
          lastGrade,
        },
        schoolClass: made.id,
        marks: marksOf(seat),
        since: `${entryYearAdj}-09-01T09:00:00+08:00`,
        ...apart(seat, entryYearAdj),
      });
    }
    if (waiting.length < batch) continue;
    await writing;
    writing = takeOverEnrollments(core, waiting);
    waiting = [];
  }
  await writing;
  await takeOverEnrollments(core, waiting);
};
