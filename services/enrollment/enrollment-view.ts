import { bandOf } from '#libs/contracts/class-sizes.ts';
import { isUuid } from '#libs/contracts/ids.ts';
import { gradeOn, lawPromotions } from '#libs/law/enrollment/grade.ts';
import { dayOf } from '#libs/platform/clock/clock.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { pageSize } from '#libs/platform/subgraph/connection.ts';
import { blockersOf } from './blockers.ts';
import { beginningsOf } from './cases/beginnings.ts';
import type { Context } from './context.ts';
import { enrollmentIdOf, parseEnrollmentId } from './enrollment-id.ts';
import type { Enrollment, SchoolClass } from './entities.ts';
import type { Resolvers } from './generated/types.ts';
import { markActionsOn } from './marks/mark-actions.ts';
import { changedEnrollment, currentOf, findClass, findEnrollment, membersOf } from './queries.ts';
import { runningYear } from './running-year.ts';
import { worksOn } from './works-on.ts';

/** Resolvers of the types that enrollment speaks for. */
export const createViews = (core: ServiceCore): Resolvers => {
  const gradeNow = async (row: Pick<Enrollment, 'entryYearAdj' | 'lastGrade' | 'frozenAt'>, on?: string) =>
    gradeOn(row, on ?? new Date(core.clock.now()), lawPromotions(await core.directory.promotions()));

  const allowedActions = async (row: Enrollment, _: unknown, context: Context): Promise<string[]> => {
    const { actor } = context;
    if (actor === null) return [];
    const school = await core.directory.school(row.school);
    const decides =
      row.status === 'PENDING_APPROVAL' &&
      actor.unit === school?.authority &&
      !row.enteredBy.includes(actor.subject) &&
      isGranted(actor, 'registration.decide');
    const places = row.active && worksOn(actor, school) && isGranted(actor, 'class.assign');
    const resubmits = row.status === 'RETURNED_TO_SCHOOL' && actor.school === row.school;
    return [
      ...(decides ? ['APPROVE', 'RETURN', 'REFUSE'] : []),
      ...(places ? ['ASSIGN_CLASS'] : []),
      ...(resubmits && isGranted(actor, 'registration.enter') ? ['RESUBMIT'] : []),
      ...beginningsOf(row, actor),
      ...markActionsOn(row, actor, school),
    ];
  };

  return {
    Student: {
      __resolveReference: ({ id }: { id: string }) => (isUuid(id) ? { id } : null),
      enrollment: async ({ id }: { id: string }, { asOf }: { asOf?: string | null }, context: Context) => {
        const rows = await context.registrations.ofPerson.load(id);
        return asOf ? currentOf(rows.filter((row) => dayOfRow(row) <= asOf)) : currentOf(rows);
      },
      enrollmentHistory: ({ id }: { id: string }, _: unknown, context: Context) =>
        context.registrations.ofPerson.load(id),
    },
    Enrollment: {
      __resolveReference: ({ id }: { id: string }, context: Context) => {
        const key = parseEnrollmentId(id);
        return context.actor === null || key === undefined
          ? null
          : findEnrollment(context.registrations, key);
      },
      id: (row: Enrollment) => enrollmentIdOf({ person: row.personId, enrollment: row.enrollmentId }),
      student: (row: Enrollment) => ({ __typename: 'Student', id: row.personId }),
      school: (row: Enrollment) => ({ __typename: 'School', id: row.school }),
      formerSchools: (row: Enrollment) => row.formerSchools.map((id) => ({ __typename: 'School', id })),
      schoolClass: (row: Enrollment, _: unknown, context: Context) =>
        row.classId ? context.registrations.schoolClass.load(row.classId) : null,
      grade: (row: Enrollment, { on }: { on?: string | null }) => gradeNow(row, on ?? undefined),
      cohort: (row: Enrollment) => row.entryYearAdj,
      decisionDueOn: (row: Enrollment) => (row.status === 'PENDING_APPROVAL' ? row.dueOn : null),
      version: async (row: Enrollment, _: unknown, context: Context) =>
        (await context.registrations.version.load(row.personId)) ?? 0,
      blockers: (row: Enrollment) => blockersOf(core, row),
      allowedActions,
    },
    EnrollmentEdge: {
      node: async ({ node }, _, { registrations }) => {
        const row = await findEnrollment(registrations, node);
        if (row === null) throw outOfJurisdiction();
        return row;
      },
    },
    DecidedRegistration: { enrollment: ({ id }, _, context) => changedEnrollment(context, id) },
    SchoolClass: {
      __resolveReference: async ({ id }: { id: string }, context: Context) =>
        context.actor === null ? null : findClass(core.app, context.registrations, await context.scope(), id),
      members: async (row: SchoolClass, { first }: { first?: number | null }, context: Context) =>
        membersOf(core.app, await context.scope(), row.classId, pageSize(first, 100)),
      id: (row: SchoolClass) => row.classId,
      school: (row: SchoolClass) => ({ __typename: 'School', id: row.school }),
      cohort: (row: SchoolClass) => row.entryYearAdj,
      sizeBand: (row: SchoolClass) => bandOf(row.size) ?? null,
      teacher: (row: SchoolClass, _: unknown, { registrations }: Context) =>
        registrations.teacher.load(row.classId),
      allowedActions: async (row: SchoolClass, _: unknown, { actor }: Context) => {
        if (actor === null || !worksOn(actor, await core.directory.school(row.school))) return [];
        return [
          ...(isGranted(actor, 'class.assign') ? ['ASSIGN'] : []),
          ...(isGranted(actor, 'class.teacher') ? ['ASSIGN_TEACHER'] : []),
        ];
      },
      grade: async (row: SchoolClass) => {
        const running = await runningYear(core, core.clock.now());
        return Math.max(1, running - row.entryYearAdj + 1);
      },
    },
  };
};

const dayOfRow = (row: Enrollment): string => dayOf(new Date(row.registeredAt).toISOString());
