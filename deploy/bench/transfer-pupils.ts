import { v7 as uuidv7 } from 'uuid';
import { firstGraders } from '#deploy/bench/first-graders.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { CollectedForm, personFormOf } from '#services/enrollment/registration/collected-form.ts';
import { marksOf } from '#services/enrollment/registration/intake.ts';
import { takeOverClasses, takeOverEnrollments } from '#services/enrollment/take-over.ts';
import { takeOverPersons } from '#services/identity/take-over.ts';

/** A pupil who may move: what another school knows of it, and where it is in school. */
export type PupilToMove = { person: string; name: string; number: string; school: string; grade: number };

const schoolYear = 2026;
const batch = 200;
/** The first grade is closed in its first term, the last in its second. */
const grades = [2, 3, 4, 5];

export type Cores = { identity: ServiceCore; enrollment: ServiceCore };

const primarySchools = async ({ directory }: ServiceCore, unit: string): Promise<SchoolFact[]> => {
  const range = await directory.rangeOf(unit);
  if (range === undefined) throw new Error('The unit is not known');
  const schools = await directory.schoolsIn(range.lo, range.hi);
  return schools.filter(({ stages, kind }) => kind === 'PRIMARY' && stages.length === 1);
};

type Made = { known: PupilToMove; school: SchoolFact; form: CollectedForm; schoolClass: string };

const write = async ({ identity, enrollment }: Cores, made: readonly Made[], unit: string): Promise<void> => {
  const at = ({ code, place, province }: SchoolFact) => ({ school: code, place, province });
  await takeOverPersons(
    identity,
    made.map(({ known, school, form }, sequence) => ({
      ...{ ...at(school), person: known.person, region: unit, authority: unit, form: personFormOf(form) },
      ...{ sequence, since: '2025-09-01T09:00:00+08:00' },
    })),
  );
  await takeOverEnrollments(
    enrollment,
    made.map(({ known, school, form, schoolClass }) => ({
      ...{ ...at(school), person: known.person, stage: 'PRIMARY', lastGrade: 6, schoolClass },
      ...{
        entryYearAdj: schoolYear - known.grade + 1,
        marks: marksOf(form),
        since: '2025-09-01T09:00:00+08:00',
      },
    })),
  );
};

/** Pupils of the primary schools of a county, known to identity and enrollment, in the grades between first and last. */
export const enterPupils = async (cores: Cores, unit: string, pupils: number): Promise<PupilToMove[]> => {
  const schools = await primarySchools(cores.enrollment, unit);
  const classes = schools.flatMap((school) =>
    grades.map((grade) => ({ id: uuidv7(), school, grade, size: 0 })),
  );
  const forms = firstGraders(unit, schoolYear - 2);
  const made = Array.from({ length: pupils }, (_, index): Made => {
    const seat = classes[index % classes.length];
    const form = CollectedForm.parse(forms.next().value);
    if (seat === undefined) throw new Error('The unit has no primary school');
    seat.size++;
    const { school, grade } = seat;
    const number = form.idDocumentNumber ?? '';
    const known = { person: uuidv7(), name: form.name, number, school: school.code, grade };
    return { known, school, form, schoolClass: seat.id };
  });
  await takeOverClasses(
    cores.enrollment,
    classes.map(({ id, school, grade, size }) => ({
      ...{ id, school: school.code, place: school.place, stage: 'PRIMARY', name: '测量班', size },
      entryYearAdj: schoolYear - grade + 1,
    })),
  );
  for (let from = 0; from < made.length; from += batch)
    await write(cores, made.slice(from, from + batch), unit);
  return made.map(({ known }) => known);
};
