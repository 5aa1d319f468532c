import { z } from 'zod';
import { Uuid } from '#libs/contracts/ids.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import { judgeClassPlacement } from '#libs/law/enrollment/class-placement.ts';
import {
  entryYearFor,
  gradeOn,
  lawPromotions,
  type Promotion,
  schoolYearOn,
} from '#libs/law/enrollment/grade.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { enrollmentIdOf, readEnrollmentId } from '../enrollment-id.ts';
import { worksOn } from '../works-on.ts';
import { reservedSeats } from './reserved-seats.ts';
import { type ClassRow, type SeatedPupil, seat } from './seats.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  schoolClass: Uuid,
  enrollments: z
    .array(z.object({ enrollment: z.string().max(100), expectedVersion: z.int() }))
    .min(1)
    .max(200)
    .refine((listed) => new Set(listed.map(({ enrollment }) => enrollment)).size === listed.length, {
      message: '同一条学籍列出了两次。 A registration is listed twice.',
    }),
});

export type AssignOutcome = { schoolClass: string | null; assigned: number; findings: Finding[] };

type PupilRow = SeatedPupil & {
  school: string;
  stage: string;
  status: EnrollmentStatus;
  entry_year_adj: number;
  last_grade: number;
  frozen_at: Date | null;
};

/** The cohort with which a pupil sits: that of the own grade for whom an assessment keeps in it (ENR-24), else the own. */
const cohortOf = (pupil: PupilRow, now: Date, promotions: readonly Promotion[]): number => {
  const { entry_year_adj: entryYearAdj, last_grade: lastGrade, frozen_at: frozenAt } = pupil;
  if (pupil.status !== 'IN_SCHOOL' || frozenAt === null) return entryYearAdj;
  const grade = gradeOn({ entryYearAdj, lastGrade, frozenAt: new Date(frozenAt) }, now, promotions);
  return entryYearFor(grade, schoolYearOn(now, promotions));
};

/** Places pupils of one cohort in a class of their school, within its size and evenly (ENR-16). */
export const assignClass = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<AssignOutcome> => {
  const caller = authorize(actor, 'class.assign');
  const asked = parseInput(Input, input);
  const at = core.clock.now();
  const scope = await core.directory.scopeOf(caller);
  const outcome = await inScope(core.app, scope, (tx) =>
    once<AssignOutcome>(
      tx,
      { operation: 'assignClass', caller: caller.subject, key: asked.idempotencyKey, request: asked, at },
      async () => {
        const row = await lockClass(tx, asked.schoolClass);
        if (row === undefined || !worksOn(caller, await core.directory.school(row.school)))
          throw outOfJurisdiction();
        const pupils = await lockPupils(tx, asked.enrollments);
        const findings = await judge(core, tx, row, pupils);
        if (findings.some((found) => found.outcome === 'REJECT'))
          return { schoolClass: null, assigned: 0, findings };
        await seat(tx, at, row, pupils);
        return { schoolClass: asked.schoolClass, assigned: pupils.length, findings };
      },
    ),
  );
  core.wakeRelay();
  return outcome;
};

const lockClass = async (tx: Tx, id: string): Promise<ClassRow | undefined> =>
  (await query<ClassRow>(tx, 'select * from school_class where class_id = $1 for update', [id]))[0];

const lockPupils = async (
  tx: Tx,
  wanted: readonly { enrollment: string; expectedVersion: number }[],
): Promise<PupilRow[]> => {
  const keys = wanted.map((want) => ({
    ...readEnrollmentId(want.enrollment),
    expected: want.expectedVersion,
  }));
  const rows = await query<PupilRow>(
    tx,
    `select e.person_id as person, e.enrollment_id as enrollment, e.school, e.stage, e.status,
            e.entry_year_adj, e.last_grade, e.frozen_at, e.class_id,
            e.province, p.version
     from pupil p join enrollment e on e.person_id = p.person_id
     where p.person_id = any($1::uuid[]) and e.enrollment_id = any($2::uuid[]) and e.active
     order by p.person_id for update`,
    [keys.map((key) => key.person), keys.map((key) => key.enrollment)],
  );
  const byPerson = new Map(rows.map((row) => [row.person, row]));
  return keys.map((key) => {
    const row = byPerson.get(key.person);
    if (row === undefined || row.enrollment !== key.enrollment) throw outOfJurisdiction();
    if (row.version !== key.expected) throw versionConflict(row.version, enrollmentIdOf(key));
    return row;
  });
};

const judge = async (
  core: ServiceCore,
  tx: Tx,
  row: ClassRow,
  pupils: readonly PupilRow[],
): Promise<Finding[]> => {
  const school = await core.directory.school(row.school);
  const lawPlace: LawPlace = school ? lawPlaceOfSchool(school) : { province: '000000' };
  const today = core.clock.today();
  const promotions = lawPromotions(await core.directory.promotions());
  const now = new Date(core.clock.now());
  const strangers = pupils.filter(
    (pupil) =>
      pupil.school !== row.school ||
      pupil.stage !== row.stage ||
      cohortOf(pupil, now, promotions) !== row.entry_year_adj,
  );
  const parallel = await query<{ size: number }>(
    tx,
    `select size from school_class where school = $1 and stage = $2 and entry_year_adj = $3 and class_id <> $4`,
    [row.school, row.stage, row.entry_year_adj, row.class_id],
  );
  const adding = pupils.filter((pupil) => pupil.class_id !== row.class_id).length;
  const reserved = await reservedSeats(core, row);
  return [
    ...(strangers.length > 0 ? [otherCohort(strangers.length, today, lawPlace)] : []),
    ...judgeClassPlacement(
      {
        capacity: row.capacity,
        size: row.size + (reserved.get(row.class_id) ?? 0),
        adding,
        parallelSizes: parallel.map(({ size }) => size),
      },
      today,
      lawPlace,
    ),
  ];
};

const otherCohort = (count: number, on: string, place: LawPlace): Finding =>
  finding('ENR-16', {
    code: 'CLASS_OF_OTHER_COHORT',
    outcome: 'REJECT',
    message: `有${count}名学生不属于该班的学校、学段或年级。`,
    messageEn: `${count} pupil(s) are not of this class's school, stage or cohort.`,
    path: ['input', 'enrollments'],
    remedy: '请选择同校同年级的班级。',
    on,
    place,
  });
