import { v7 as uuidv7 } from 'uuid';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type EnrollmentTakenOver,
  takeOverClasses,
  takeOverEnrollments,
} from '#services/enrollment/take-over.ts';

const classSize = 50;
const batch = 400;
const schoolYear = 2026;
const marksOf = (seat: number): EnrollmentTakenOver['marks'] => ({
  gender: seat % 2 === 0 ? 'FEMALE' : 'MALE',
  documentType: 'RESIDENT_ID',
  boarder: false,
  leftBehind: false,
  migrant: false,
  residencePermit: false,
  disabled: false,
  ethnicGroup: 'HAN',
});

/**
 * Pupils of primary schools of a county as another registry would hand them over, in classes of fifty over all grades.
 * For reads that need a full county: identity knows nothing of them.
 */
export const fillCounty = async (core: ServiceCore, county: string, pupils: number): Promise<void> => {
  const range = await core.directory.rangeOf(county);
  if (range === undefined) throw new Error('The county is not known');
  const schools = (await core.directory.schoolsIn(range.lo, range.hi)).filter(({ stages }) =>
    stages.some(({ stage }) => stage === 'PRIMARY'),
  );
  if (schools.length === 0) throw new Error('The county has no primary school');
  let waiting: EnrollmentTakenOver[] = [];
  const flush = async (): Promise<void> => {
    const entries = waiting;
    waiting = [];
    await takeOverEnrollments(core, entries);
  };
  for (let number = 0; number * classSize < pupils; number++) {
    const school = schools[number % schools.length];
    const span = school?.stages.find(({ stage }) => stage === 'PRIMARY');
    if (school === undefined || span === undefined) throw new Error('A school teaches no primary stage');
    const lastGrade = span.lastYear - span.firstYear + 1;
    const entryYearAdj = schoolYear - (number % lastGrade);
    const where = { school: school.code, place: school.place, stage: 'PRIMARY' as const, entryYearAdj };
    const id = uuidv7();
    await takeOverClasses(core, [{ ...where, id, name: `测${number}`, size: classSize }]);
    for (let seat = 0; seat < Math.min(classSize, pupils - number * classSize); seat++) {
      waiting.push({
        ...where,
        person: uuidv7(),
        province: school.province,
        lastGrade,
        schoolClass: id,
        marks: marksOf(seat),
        since: `${entryYearAdj}-09-01T09:00:00+08:00`,
      });
    }
    if (waiting.length >= batch) await flush();
  }
  await flush();
};
