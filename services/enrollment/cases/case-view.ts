import { Stage } from '#libs/contracts/vocabulary.ts';
import { judgeChangeEntry } from '#libs/law/enrollment/information-update.ts';
import type { Finding } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { currentStep } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Context } from '../context.ts';
import { enrollmentIdOf } from '../enrollment-id.ts';
import type { Resolvers } from '../generated/types.ts';
import { caseIdOf, parseCaseId } from './case-id.ts';
import type { CaseRecord } from './case-rows.ts';
import { planOf } from './plans/plans.ts';
import { ResumptionFacts } from './plans/resumption-facts.ts';
import { SuspensionFacts } from './plans/suspension-facts.ts';

/** What the caller's unit and role may do with a case now. */
export const actionsOn = (record: CaseRecord, actor: Actor | null): string[] => {
  const step = currentStep(record);
  if (actor === null || step === undefined) return [];
  const unit = actor.school ?? actor.unit;
  const isTurn = step.unit === unit;
  const handles = isTurn && isGranted(actor, 'case.handle');
  const decides =
    isTurn && isGranted(actor, 'case.decide') && step.handledBy !== null && step.handledBy !== actor.subject;
  const withdraws = record.school === unit && isGranted(actor, 'case.enter');
  return [
    ...(handles ? ['HANDLE'] : []),
    ...(decides ? ['APPROVE', 'RETURN', 'REFUSE'] : []),
    ...(withdraws ? ['WITHDRAW'] : []),
  ];
};

/** What is on record of the running step: nobody is late by a provisional date. */
const lateness = async (
  core: ServiceCore,
  record: CaseRecord,
  { registrations }: Context,
): Promise<Finding[]> => {
  const step = currentStep(record);
  const school = await core.directory.school(record.school);
  const rows = await registrations.ofPerson.load(record.person);
  const stage = Stage.safeParse(rows.find((row) => row.enrollmentId === record.enrollment)?.stage);
  if (step === undefined || school === undefined || !stage.success) return [];
  const clock = { dueDate: step.dueOn, provisional: step.provisional, today: core.clock.today() };
  const place = lawPlaceOfSchool(school);
  const plan = planOf(record.kind);
  if (plan.judgeTime) return plan.judgeTime(step.party, clock, stage.data, record.policyOn, place);
  const side = step.party === 'SCHOOL' ? 'SCHOOL' : 'AUTHORITY';
  return judgeChangeEntry(
    { ...clock, stage: stage.data, step: side, proofFiled: true },
    record.policyOn,
    place,
  );
};

/** What the law held or warned of when the case was opened, and whose step is late. */
const blockersOf = async (core: ServiceCore, record: CaseRecord, context: Context): Promise<Finding[]> =>
  record.state === 'RUNNING' ? [...record.findings, ...(await lateness(core, record, context))] : [];

/** Resolvers of cases about registrations. */
export const createCaseViews = (core: ServiceCore): Resolvers => ({
  EnrollmentCase: {
    __resolveReference: async ({ id }: { id: string }, { actor, registrations }: Context) => {
      const key = parseCaseId(id);
      if (actor === null || !isGranted(actor, 'student.read') || key === undefined) return null;
      const found = await registrations.case.load(key.id);
      return found?.person === key.person ? found : null;
    },
    id: (record) => caseIdOf(record),
    student: (record) => ({ __typename: 'Student', id: record.person }),
    school: (record) => ({ __typename: 'School', id: record.school }),
    enrollment: async (record, _, { registrations }) =>
      (await registrations.ofPerson.load(record.person)).find(
        (row) =>
          enrollmentIdOf({ person: row.personId, enrollment: row.enrollmentId }) ===
          enrollmentIdOf({ person: record.person, enrollment: record.enrollment }),
      ) ?? null,
    suspension: ({ kind, facts }) => (kind === 'SUSPENSION' ? SuspensionFacts.parse(facts) : null),
    resumption: ({ kind, facts }) => (kind === 'RESUMPTION' ? ResumptionFacts.parse(facts) : null),
    handlingMode: ({ handling }) => handling?.mode ?? 'DIGITAL',
    handlingReason: ({ handling }) => handling?.reason ?? null,
    blockers: (record, _, context) => blockersOf(core, record, context),
    allowedActions: (record, _, { actor }) => actionsOn(record, actor),
  },
  CaseStep: {
    deadline: (step) => step.dueOn,
    overdue: (step) => step.decidedAt === null && !step.provisional && step.dueOn < core.clock.today(),
  },
});
