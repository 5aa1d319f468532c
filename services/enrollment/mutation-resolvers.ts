import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { addNonGradeOneRow } from './batch/add-row.ts';
import { checkNonGradeOneBatch } from './batch/check.ts';
import { batchById, rowsOfBatch } from './batch/list.ts';
import { submitNonGradeOneBatch } from './batch/submit.ts';
import { assignClass } from './commands/assign-class.ts';
import { assignClassTeacher } from './commands/assign-class-teacher.ts';
import { createClass } from './commands/create-class.ts';
import { decideRegistrations } from './commands/decide-registrations.ts';
import { registerStudent } from './commands/register-student.ts';
import { resubmitRegistration } from './commands/resubmit-registration.ts';
import { startImport } from './commands/start-import.ts';
import type { EnrollmentContext } from './context.ts';
import { readEnrollmentId } from './enrollment-id.ts';
import { findJob } from './import-list.ts';
import { findEnrollment } from './queries.ts';

type Args = { input: unknown };

/** Mutations: run the command, then load what it changed for the selection. */
export const createMutations = (core: ServiceCore) => {
  const enrollmentOf = (id: string, context: EnrollmentContext) => {
    const key = readEnrollmentId(id);
    context.registrations.ofPerson.clear(key.person);
    context.registrations.version.clear(key.person);
    return findEnrollment(context.registrations, key);
  };

  return {
    registerStudent: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { person, enrollment, findings } = await registerStudent(core, context.actor, input);
      const found = person !== null && enrollment !== null ? { person, enrollment } : null;
      return { enrollment: found && findEnrollment(context.registrations, found), findings };
    },
    decideRegistrations: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { results, decided, refused } = await decideRegistrations(core, context.actor, input);
      return {
        decided,
        refused,
        findings: [],
        results: results.map(({ id, findings }) => ({
          id,
          findings,
          enrollment: () => enrollmentOf(id, context),
        })),
      };
    },
    resubmitRegistration: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { done, findings } = await resubmitRegistration(core, context.actor, input);
      const { enrollment } = input as { enrollment: string };
      return { enrollment: done ? enrollmentOf(enrollment, context) : null, findings };
    },
    startImport: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const job = await startImport(core, context.actor, input);
      return { job: await findJob(core, await context.scope(), job), findings: [] };
    },
    createClass: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { schoolClass, findings } = await createClass(core, context.actor, input);
      return { schoolClass: schoolClass && context.registrations.schoolClass.load(schoolClass), findings };
    },
    assignClass: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { schoolClass, assigned, findings } = await assignClass(core, context.actor, input);
      return {
        schoolClass: schoolClass && context.registrations.schoolClass.load(schoolClass),
        assigned,
        findings,
      };
    },
    assignClassTeacher: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { schoolClass, findings } = await assignClassTeacher(core, context.actor, input);
      return { schoolClass: schoolClass && context.registrations.schoolClass.load(schoolClass), findings };
    },
    addNonGradeOneRow: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { batch, row, findings } = await addNonGradeOneRow(core, context.actor, input);
      if (batch === null || context.actor === null) return { row: null, findings };
      const rows = await rowsOfBatch(core, context.actor, await context.scope(), batch);
      return { row: rows.find((candidate) => candidate.rowId === row) ?? null, findings };
    },
    submitNonGradeOneBatch: async (_: unknown, { input }: Args, context: EnrollmentContext) => {
      const { batch, findings } = await submitNonGradeOneBatch(core, context.actor, input);
      return { batch: batch && batchById(core, batch), findings };
    },
    checkNonGradeOneBatch: async (_: unknown, { input }: Args, context: EnrollmentContext) => ({
      batch: batchById(core, await checkNonGradeOneBatch(core, context.actor, input)),
      findings: [],
    }),
  };
};
