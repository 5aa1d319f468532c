import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { findPersons, findPersonsContext, Sought } from '#libs/contracts/commands/find-persons.ts';
import { StudentAdmitted } from '#libs/contracts/events/enrollment-status.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { Stage } from '#libs/contracts/vocabulary.ts';
import { judgeAssessedProgress } from '#libs/law/enrollment/assessed-progress.ts';
import { judgeAdmission } from '#libs/law/enrollment/going-on.ts';
import { judgeAdmissionProcessing } from '#libs/law/enrollment/graduation.ts';
import { assessmentThatCounts } from '#libs/law/enrollment/progress-assessment.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import { judgeRegisteringSchool } from '#libs/law/organization/counterpart-school.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { badInput } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { assessmentsAbout } from '../assessment/assessment-rows.ts';
import { lockRegistration, type Registration } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { receivingSchool } from '../own-school.ts';
import { runningYear } from '../running-year.ts';

const Input = z.object({
  idempotencyKey: z.string().min(1).max(100),
  school: SchoolCode,
  stage: Stage,
  pupils: z
    .array(Sought.extend({ meetsPolicy: z.boolean(), inPlan: z.boolean() }))
    .min(1)
    .max(200),
});
type Wanted = z.infer<typeof Input>['pupils'][number];

/** What became of each pupil, in the order asked. */
export type Admitted = { index: number; admission: string | null; findings: Finding[] };
export type AdmissionOutcome = { admitted: number; results: Admitted[]; findings: Finding[] };

const lastGradeIn = (school: SchoolFact, stage: Stage): number | undefined => {
  const span = school.stages.find((each) => each.stage === stage);
  return span && span.lastYear - span.firstYear + 1;
};

const noSuchStage = () =>
  badInput([
    {
      path: ['stage'],
      code: 'STAGE_NOT_IN_SCHOOL',
      message: '本校没有该学段。 This school has no such stage.',
    },
  ]);

const identify = async (core: ServiceCore, pupils: readonly Wanted[]): Promise<(string | null)[]> => {
  const id = uuidv7();
  const sought = pupils.map(({ studentNumber, name }) => ({ studentNumber, name }));
  const sealed = core.sealing.seal(JSON.stringify(sought), findPersonsContext(id)).toString('base64');
  return (await ask(core.bus, findPersons, { id, sealed })).persons;
};

type Admitting = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  school: SchoolFact;
  stage: Stage;
  lastGrade: number;
  entryYear: number;
  at: string;
};

/** The registration by which somebody may be admitted: the active one, wherever it is. */
const activeOf = async (tx: Tx, person: string | null) => {
  if (person === null) return undefined;
  const [row] = await query<{ enrollment_id: string }>(
    tx,
    'select enrollment_id from enrollment where person_id = $1 and active',
    [person],
  );
  return row && lockRegistration(tx, person, row.enrollment_id);
};

/**
 * A disabled graduate goes on by the committee's assessment (ENR-24). It is asked of a graduate alone: of anybody else
 * nothing is told.
 */
const notAssessed = async (
  tx: Tx,
  registration: Registration | undefined,
  on: string,
  place: LawPlace,
): Promise<Finding[]> => {
  if (registration?.status !== 'GRADUATED' || !registration.disabled) return [];
  const recorded = await assessmentsAbout(tx, registration);
  const assessment = assessmentThatCounts(recorded, { step: 'GOING_ON', schoolYear: null });
  return judgeAssessedProgress({ isDisabled: true, step: 'GOING_ON', assessment }, on, place);
};

const admitOne = async (
  { core, tx, caller, school, stage, lastGrade, entryYear, at }: Admitting,
  wanted: Wanted,
  person: string | null,
): Promise<Omit<Admitted, 'index'>> => {
  const today = core.clock.today();
  const registration = await activeOf(tx, person);
  const place = lawPlaceOfSchool(school);
  const findings = [
    ...judgeRegisteringSchool({ vocational: school.kind === 'VOCATIONAL' }, today, place),
    ...(await notAssessed(tx, registration, today, place)),
    ...judgeAdmission(
      {
        status: registration?.status ?? 'NONE',
        stage: registration?.stage ?? stage,
        toStage: stage,
        meetsPolicy: wanted.meetsPolicy,
        inPlan: wanted.inPlan,
      },
      today,
      place,
    ),
  ];
  if (registration === undefined || findings.some(({ outcome }) => outcome === 'REJECT'))
    return { admission: null, findings };
  const admission = uuidv7();
  await changeStatus(tx, at, registration, { event: StudentAdmitted, status: 'ADMITTED' }, null);
  await execute(
    tx,
    `insert into admission (person_id, admission_id, place, school, province, stage, entry_year, last_grade,
       from_enrollment, from_school, state, version, admitted_at, admitted_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'ADMITTED', 1, $11, $12)`,
    [
      registration.person,
      admission,
      school.place,
      school.code,
      school.province,
      stage,
      entryYear,
      lastGrade,
      registration.enrollment,
      registration.school,
      at,
      caller.subject,
    ],
  );
  return { admission, findings };
};

/**
 * A school of the next stage admits graduates by number and name (ENR-25, ENR-27). Who is not found is answered like
 * somebody who has not graduated: nothing is told of a child of another school. A disabled graduate goes on by assessment
 * (ENR-24).
 */
export const admit = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<AdmissionOutcome> => {
  const caller = authorize(actor, 'admission.enter');
  const asked = parseInput(Input, input);
  const school = await receivingSchool(core, caller, asked.school);
  const lastGrade = lastGradeIn(school, asked.stage);
  if (lastGrade === undefined) throw noSuchStage();
  const at = core.clock.now();
  const persons = await identify(core, asked.pupils);
  const running = await runningYear(core, at);
  const entryYear = Math.max(running, Number(core.clock.today().slice(0, 4)));
  const request = core.sealing.hash('admission', JSON.stringify(asked)).toString('hex');
  const results = await asWorker(core.worker, (tx) =>
    once(
      tx,
      { operation: 'admit', caller: caller.subject, key: asked.idempotencyKey, request, at },
      async () => {
        const admitting = { core, tx, caller, school, stage: asked.stage, lastGrade, entryYear, at };
        const inOrder = asked.pupils
          .map((wanted, index) => ({ wanted, index, person: persons[index] ?? null }))
          .toSorted((a, b) => ((a.person ?? '') < (b.person ?? '') ? -1 : 1));
        const done: Admitted[] = [];
        for (const { wanted, index, person } of inOrder)
          done.push({ index, ...(await admitOne(admitting, wanted, person)) });
        return done.toSorted((a, b) => a.index - b.index);
      },
    ),
  );
  core.wakeRelay();
  const today = core.clock.today();
  return {
    admitted: results.filter(({ admission }) => admission !== null).length,
    results,
    findings: judgeAdmissionProcessing(
      { year: Number(today.slice(0, 4)), doneOn: today },
      today,
      lawPlaceOfSchool(school),
    ),
  };
};
