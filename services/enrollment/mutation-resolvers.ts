import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { addNonGradeOneRow } from './batch/add-row.ts';
import { checkNonGradeOneBatch } from './batch/check.ts';
import { rowsOfBatch } from './batch/list.ts';
import { removeNonGradeOneRow } from './batch/remove-row.ts';
import { submitNonGradeOneBatch } from './batch/submit.ts';
import { assignClass } from './commands/assign-class.ts';
import { assignClassTeacher } from './commands/assign-class-teacher.ts';
import { assignWantedClasses } from './commands/assign-wanted-classes.ts';
import { createClass } from './commands/create-class.ts';
import { decideRegistrations } from './commands/decide-registrations.ts';
import { registerStudent } from './commands/register-student.ts';
import { resubmitRegistration } from './commands/resubmit-registration.ts';
import { startImport } from './commands/start-import.ts';
import type { Context } from './context.ts';
import type { Resolvers } from './generated/types.ts';
import { findJob } from './import-list.ts';
import { changedEnrollment, findBatch, findEnrollment, keepWritten } from './queries.ts';
import { endInRounds } from './registration/register.ts';

/** Mutations: run the command, then load what it changed for the selection. */
export const createMutations = (core: ServiceCore): Partial<NonNullable<Resolvers['Mutation']>> => {
  const classOf = (id: string | null, { registrations }: Context) => {
    if (id === null) return null;
    registrations.teacher.clear(id);
    return registrations.schoolClass.clear(id).load(id);
  };

  const end = endInRounds(core);

  return {
    registerStudent: async (_, { input }, context) => {
      const registered = await registerStudent(core, end, context.actor, input);
      const { person, enrollment, findings, written, found: elsewhere } = registered;
      if (written !== undefined) keepWritten(core.app, context.registrations, written);
      const found = person !== null && enrollment !== null ? { person, enrollment } : null;
      const made = found && (await findEnrollment(context.registrations, found));
      return { enrollment: made, found: elsewhere ?? null, findings };
    },
    decideRegistrations: async (_, { input }, context) => {
      const { results, decided, refused } = await decideRegistrations(core, context.actor, input);
      return { decided, refused, findings: [], results };
    },
    resubmitRegistration: async (_, { input }, context) => {
      const { done, findings } = await resubmitRegistration(core, end, context.actor, input);
      return { enrollment: done ? await changedEnrollment(context, input.enrollment) : null, findings };
    },
    startImport: async (_, { input }, context) => {
      const job = await startImport(core, context.actor, input);
      return { job: await findJob(core, await context.scope(), job), findings: [] };
    },
    createClass: async (_, { input }, context) => {
      const { schoolClass, findings } = await createClass(core, context.actor, input);
      return { schoolClass: await classOf(schoolClass, context), findings };
    },
    assignClass: async (_, { input }, context) => {
      const { schoolClass, assigned, findings } = await assignClass(core, context.actor, input);
      return {
        schoolClass: await classOf(schoolClass, context),
        assigned,
        findings,
      };
    },
    assignWantedClasses: async (_, { input }, context) => {
      const { classes, ...outcome } = await assignWantedClasses(core, context.actor, input);
      const found = await Promise.all(classes.map((id) => classOf(id, context)));
      return { ...outcome, classes: found.filter((each) => each !== null) };
    },
    assignClassTeacher: async (_, { input }, context) => {
      const { schoolClass, findings } = await assignClassTeacher(core, context.actor, input);
      return { schoolClass: await classOf(schoolClass, context), findings };
    },
    addNonGradeOneRow: async (_, { input }, context) => {
      const { batch, row, findings } = await addNonGradeOneRow(core, context.actor, input);
      if (batch === null || context.actor === null) return { row: null, findings };
      const rows = await rowsOfBatch(core, context.actor, await context.scope(), batch);
      return { row: rows.find((candidate) => candidate.rowId === row) ?? null, findings };
    },
    removeNonGradeOneRow: async (_, { input }, context) => {
      const { batch, findings } = await removeNonGradeOneRow(core, context.actor, input);
      return { batch: await findBatch(core, context, batch), findings };
    },
    submitNonGradeOneBatch: async (_, { input }, context) => {
      const { batch, findings } = await submitNonGradeOneBatch(core, context.actor, input);
      return { batch: batch === null ? null : await findBatch(core, context, batch), findings };
    },
    checkNonGradeOneBatch: async (_, { input }, context) => ({
      batch: await findBatch(core, context, await checkNonGradeOneBatch(core, context.actor, input)),
      findings: [],
    }),
  };
};
