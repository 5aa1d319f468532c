import { randomUUID } from 'node:crypto';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { takeOverClasses, takeOverEnrollments } from '#services/enrollment/take-over.ts';
import type { Registry } from '#test/support/registry.ts';

const marks = {
  documentType: 'RESIDENT_ID',
  boarder: false,
  leftBehind: false,
  migrant: false,
  residencePermit: false,
  disabled: false,
  ethnicGroup: 'HAN',
} as const;

export type Cohort = { entryYear: number; name: string; pupils: number; teacher?: string };

/** Fills a school with classes of pupils who have been there for years; returns the class ids in order. */
export const fillSchool = async (
  registry: Registry,
  school: SchoolFact,
  cohorts: readonly Cohort[],
): Promise<string[]> => {
  const { core } = registry.network.service('enrollment');
  const span = school.stages[0];
  if (span === undefined || span.stage === 'PRESCHOOL') throw new Error('No such school');
  const classes = cohorts.map((cohort) => ({ ...cohort, id: randomUUID() }));
  await takeOverClasses(
    core,
    classes.map(({ id, entryYear, name, pupils, teacher }) => ({
      ...{ id, name, school: school.code, place: school.place, stage: span.stage },
      ...{ entryYearAdj: entryYear, size: pupils, teacher },
    })),
  );
  for (const { id, entryYear, pupils } of classes)
    await takeOverEnrollments(
      core,
      Array.from({ length: pupils }, (_, nth) => ({
        person: randomUUID(),
        school: school.code,
        place: school.place,
        province: school.province,
        stage: span.stage,
        entryYearAdj: entryYear,
        lastGrade: span.lastYear - span.firstYear + 1,
        schoolClass: id,
        marks: { ...marks, gender: nth % 2 === 0 ? ('MALE' as const) : ('FEMALE' as const) },
        since: '2024-09-01T09:00:00+08:00',
      })),
    );
  return classes.map(({ id }) => id);
};
