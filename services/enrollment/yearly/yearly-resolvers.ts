import { inScope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { connectionOf, pageSize, readCursor } from '#libs/platform/subgraph/connection.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/types.ts';
import { changedEnrollment } from '../queries.ts';
import { type Admission, admissionsById, admissionsOfSchool } from './admission-rows.ts';
import { admit } from './admit.ts';
import { graduate } from './graduate.ts';
import { reportAdmitted } from './report-admitted.ts';
import { revertAdmission } from './revert-admission.ts';
import { revertGraduation } from './revert-graduation.ts';

type YearlyResolvers = {
  Query: Resolvers['Query'];
  Mutation: Partial<NonNullable<Resolvers['Mutation']>>;
  Admission: Resolvers['Admission'];
  GraduationResult: Resolvers['GraduationResult'];
};

/** The yearly run as the graph offers it: graduation, admission, reporting, and their rollbacks. */
export const createYearlyResolvers = (core: ServiceCore): YearlyResolvers => {
  const admissionOf = async (id: string | null, context: Context): Promise<Admission | null> => {
    if (id === null) return null;
    const [found] = await inScope(core.app, await context.scope(), (tx) => admissionsById(tx, [id]));
    return found ?? null;
  };

  return {
    Query: {
      admissions: async (_, { school, state, ...page }, context) => {
        authorize(context.actor, 'student.read');
        const scope = await context.scope();
        await rangeWithin(core.directory, scope, school);
        const size = pageSize(page.first);
        const after = readCursor(page.after, ['INSTANT', 'UUID']);
        const rows = await inScope(core.app, scope, (tx) =>
          admissionsOfSchool(tx, { school, state: state ?? null, after, size: size + 1 }),
        );
        return connectionOf(
          rows,
          size,
          page.after,
          (row) => [row.admittedAt, row.id],
          (row) => row,
        );
      },
    },
    Mutation: {
      graduate: async (_, { input }, { actor }) => graduate(core, actor, input),
      revertGraduation: async (_, { input }, context) => {
        const { done, findings } = await revertGraduation(core, context.actor, input);
        return { enrollment: done ? await changedEnrollment(context, input.enrollment) : null, findings };
      },
      admit: async (_, { input }, context) => {
        const { admitted, results, findings } = await admit(core, context.actor, input);
        const shown = results.map(async ({ index, admission, findings: said }) => ({
          index,
          admission: await admissionOf(admission, context),
          findings: said,
        }));
        return { admitted, refused: results.length - admitted, results: await Promise.all(shown), findings };
      },
      reportAdmitted: async (_, { input }, context) => {
        const results = await reportAdmitted(core, context.actor, input);
        const shown = results.map(async ({ admission, findings }) => ({
          admission: await admissionOf(admission, context),
          findings,
        }));
        const done = results.filter((result) => result.done).length;
        return {
          reported: done,
          refused: results.length - done,
          results: await Promise.all(shown),
          findings: [],
        };
      },
      revertAdmission: async (_, { input }, context) => {
        const { findings } = await revertAdmission(core, context.actor, input);
        return { admission: await admissionOf(input.admission, context), findings };
      },
    },
    Admission: {
      student: (admission) => ({ __typename: 'Student', id: admission.person }),
      school: (admission) => ({ __typename: 'School', id: admission.school }),
      enrollment: async (admission, _, { registrations }) =>
        admission.enrollment === null
          ? null
          : ((await registrations.ofPerson.load(admission.person)).find(
              (row) => row.enrollmentId === admission.enrollment,
            ) ?? null),
    },
    GraduationResult: {
      enrollment: ({ id, done }, _, context) => (done ? changedEnrollment(context, id) : null),
    },
  };
};
