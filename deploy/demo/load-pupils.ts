import { v5 as uuidv5 } from 'uuid';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { collectedFromRow, personFormOf } from '#services/enrollment/registration/collected-form.ts';
import { marksOf } from '#services/enrollment/registration/intake.ts';
import {
  type ClassTakenOver,
  type EnrollmentTakenOver,
  takeOverClasses,
  takeOverEnrollments,
} from '#services/enrollment/take-over.ts';
import { type TakenOver, takeOverGuardian, takeOverPersons } from '#services/identity/take-over.ts';
import { classesOf, type DemoClass } from './classes.ts';
import type { DemoIdentity } from './identities.ts';
import type { NationPlan } from './nation-plan.ts';
import { type DemoPupil, pupilsOf } from './pupils.ts';

export type PupilLoad = {
  identity: ServiceCore;
  enrollment: ServiceCore;
  plan: NationPlan;
  identities: readonly DemoIdentity[];
  /** Classes that are loaded; all unless told otherwise. */
  takes?(each: DemoClass): boolean;
  /** The pupil as it is entered, where that is not as it was drawn. */
  enters?(pupil: DemoPupil): DemoPupil;
  /** Told of each pupil who is there now, under the id of the person. */
  onEntered?(pupil: DemoPupil, person: string): void;
  onProgress(done: number): void;
};

const batchSize = 200;

/** Namespace (RFC 9562, version 5) of the ids of demo nations. */
const namespace = '3b0f7c52-8d64-4f0e-9a43-5d1c2f7e6b90';

/** The same id for the same part of the same nation, so that loading it again finds what is there already. */
const idOf = ({ seed, schoolYear }: NationPlan, kind: 'class' | 'person', key: string): string =>
  uuidv5(`${seed}/${schoolYear}/${kind}/${key}`, namespace);

const spanOf = (each: DemoClass) => {
  const span = each.school.stages.find((candidate) => candidate.stage === each.stage);
  if (span === undefined) throw new Error(`School ${each.school.code} does not teach ${each.stage}`);
  return span;
};

/** Grade one of the stage, not of all schooling. */
const stageEntryOf = (each: DemoClass): number => each.entryYearAdj + spanOf(each).firstYear - 1;

const classOf = (each: DemoClass, id: string, teacher: string | undefined): ClassTakenOver => ({
  id,
  school: each.school.code,
  place: each.school.place,
  stage: each.stage,
  entryYearAdj: stageEntryOf(each),
  name: each.name,
  size: each.size,
  teacher,
});

type Prepared = { pupil: DemoPupil; person: TakenOver; enrollment: EnrollmentTakenOver };

const prepare = (plan: NationPlan, pupil: DemoPupil, sequence: number): Prepared => {
  const { school } = pupil.class;
  const form = collectedFromRow(pupil.form);
  const person = idOf(plan, 'person', pupil.key);
  const span = spanOf(pupil.class);
  const since = `${pupil.enteredOn}T09:00:00+08:00`;
  const where = { school: school.code, place: school.place, province: school.province ?? '000000' };
  const authority = school.county ?? school.city ?? where.province;
  return {
    pupil,
    person: { ...where, person, region: authority, authority, form: personFormOf(form), sequence, since },
    enrollment: {
      ...where,
      person,
      stage: pupil.class.stage,
      entryYearAdj: stageEntryOf(pupil.class),
      lastGrade: span.lastYear - span.firstYear + 1,
      schoolClass: idOf(plan, 'class', pupil.class.key),
      marks: marksOf(form),
      since,
    },
  };
};

const linkGuardians = async (load: PupilLoad, prepared: readonly Prepared[]): Promise<void> => {
  const children = new Map(
    load.identities.flatMap((who) => (who.pupilKey ? [[who.pupilKey, who] as const] : [])),
  );
  for (const { pupil, person } of prepared) {
    const who = children.get(pupil.key);
    if (who === undefined) continue;
    const position = person.form.guardians.findIndex((guardian) => guardian.isLegalGuardian) + 1;
    await takeOverGuardian(load.identity, person.person, who.claims.sub, Math.max(1, position));
  }
};

const flush = async (load: PupilLoad, prepared: readonly Prepared[]): Promise<void> => {
  const taken = await takeOverPersons(
    load.identity,
    prepared.map(({ person }) => person),
  );
  await takeOverEnrollments(
    load.enrollment,
    prepared.filter(({ person }) => taken.has(person.person)).map(({ enrollment }) => enrollment),
  );
  await linkGuardians(load, prepared);
  for (const { pupil, person } of prepared) {
    if (taken.has(person.person)) load.onEntered?.(pupil, person.person);
  }
};

/**
 * Loads the pupils of the demo nation as a former registry would hand them over: classes, persons, registrations. A
 * repetition adds what is missing and changes nothing.
 */
export const loadPupils = async (load: PupilLoad): Promise<number> => {
  const takes = (each: DemoClass) => load.takes?.(each) ?? true;
  const teachers = new Map(load.identities.map(({ classKey, claims }) => [classKey, claims.sub]));
  await takeOverClasses(
    load.enrollment,
    [...classesOf(load.plan)]
      .filter(takes)
      .map((each) => classOf(each, idOf(load.plan, 'class', each.key), teachers.get(each.key))),
  );
  const withoutId = new Map<string, number>();
  let batch: Prepared[] = [];
  let done = 0;
  let writing: Promise<void> = Promise.resolve();
  const send = async () => {
    const ready = batch;
    batch = [];
    await writing;
    done += ready.length;
    load.onProgress(done);
    writing = flush(load, ready);
  };
  for (const drawn of pupilsOf(load.plan)) {
    if (!takes(drawn.class)) continue;
    const pupil = load.enters?.(drawn) ?? drawn;
    const key = `${pupil.class.school.county ?? ''}${pupil.form.student.birthDate}`;
    const sequence = withoutId.get(key) ?? 0;
    if (pupil.form.student.idDocumentType !== 'RESIDENT_ID') withoutId.set(key, sequence + 1);
    batch.push(prepare(load.plan, pupil, sequence));
    if (batch.length >= batchSize) await send();
  }
  await send();
  await writing;
  return done;
};
