import { randomUUID } from 'node:crypto';
import type { CountingMarks } from '#libs/contracts/events/enrollment.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { Stage } from '#libs/contracts/vocabulary.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { takeOverEnrollments } from '#services/enrollment/take-over.ts';
import type { Registry } from '#test/support/registry.ts';

const marks = {
  gender: 'FEMALE',
  documentType: 'RESIDENT_ID',
  boarder: false,
  leftBehind: false,
  migrant: false,
  residencePermit: false,
  disabled: false,
  ethnicGroup: 'HAN',
} as const;

/** A school of the core nation that has this stage, in this county, run by this unit. */
export const schoolWith = async (
  registry: Registry,
  stage: Stage,
  county = '140105',
  authority = county,
): Promise<SchoolFact> => {
  const all = await registry.network.service('enrollment').core.directory.schoolsIn(0, 99_999_999_999);
  const found = all.find(
    (school) =>
      school.county === county &&
      school.authority === authority &&
      school.stages.length === 1 &&
      school.stages[0]?.stage === stage,
  );
  if (found === undefined) throw new Error(`There is no ${stage} school in ${county}`);
  return found;
};

/** A pupil who has been in school for years, of whom enrollment alone knows. */
export const oldPupil = async (
  registry: Registry,
  school: SchoolFact,
  entryYearAdj: number,
  more: Partial<CountingMarks> = {},
): Promise<{ id: string; person: string; version: number }> => {
  const { core } = registry.network.service('enrollment');
  const person = randomUUID();
  const span = school.stages[0];
  if (span === undefined || span.stage === 'PRESCHOOL') throw new Error('No such school');
  await takeOverEnrollments(core, [
    {
      person,
      school: school.code,
      place: school.place,
      province: school.province,
      stage: span.stage,
      entryYearAdj,
      lastGrade: span.lastYear - span.firstYear + 1,
      schoolClass: randomUUID(),
      marks: { ...marks, ...more },
      since: '2024-09-01T09:00:00+08:00',
    },
  ]);
  const { enrollment } = await asWorker(core.worker, (tx) =>
    queryOne<{ enrollment: string }>(
      tx,
      'select enrollment_id as enrollment from enrollment where person_id = $1',
      [person],
    ),
  );
  return { id: `${person}.${enrollment}`, person, version: 1 };
};
