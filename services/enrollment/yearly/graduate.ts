import { z } from 'zod';
import { reviewedOutcomes } from '#libs/contracts/commands/reviewed-outcomes.ts';
import { StudentCompleted, StudentGraduated } from '#libs/contracts/events/enrollment-status.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { SchoolCode } from '#libs/contracts/ids.ts';
import { judgeOperation } from '#libs/law/certificate/outcome.ts';
import {
  graduatesFrom,
  judgeGraduationOperation,
  judgeTimeOfStudy,
} from '#libs/law/enrollment/graduation.ts';
import { judgeTransition } from '#libs/law/enrollment/transition.ts';
import { type Finding, finding, isInForce } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { ask } from '#libs/platform/commands/internal.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, versionConflict } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { judgeAssessedStep } from '../assessment/judge-step.ts';
import { whileCaseRuns } from '../cases/running-case.ts';
import { lockRegistration, type Situation, situationOf } from '../cases/situation.ts';
import { changeStatus } from '../cases/status-change.ts';
import { type EnrollmentKey, enrollmentIdOf, readEnrollmentId } from '../enrollment-id.ts';
import { ownSchool } from '../own-school.ts';

const largestOperation = 200;
const batchSize = 100;

const Input = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    school: SchoolCode,
    outcome: z.enum(['GRADUATE', 'COMPLETE']),
    registrations: z
      .array(z.object({ enrollment: z.string().max(100), expectedVersion: z.int() }))
      .min(1)
      .max(largestOperation)
      .nullish(),
    allOfGraduatingGrade: z.boolean().nullish(),
  })
  .refine((input) => (input.registrations ? 1 : 0) + (input.allOfGraduatingGrade === true ? 1 : 0) === 1, {
    message:
      '请列出学籍，或选择全部毕业年级学生，二者取一。 Name registrations or the whole graduating grade.',
    path: ['registrations'],
  })
  .refine(
    ({ registrations }) =>
      new Set((registrations ?? []).map((each) => each.enrollment)).size === (registrations ?? []).length,
    { message: '同一条学籍列出了两次。 A registration is listed twice.', path: ['registrations'] },
  );
type Input = z.infer<typeof Input>;

/** `endsIn`: the summer in which the class ended, or will. */
export type GraduationResult = { id: string; done: boolean; endsIn: number; findings: Finding[] };
export type GraduationOutcome = {
  done: number;
  refused: number;
  results: GraduationResult[];
  findings: Finding[];
};

type Wanted = EnrollmentKey & { expectedVersion: number | null };

const notGraduating = ({ policyOn, lawPlace }: Situation): Finding =>
  finding('ENR-69', {
    code: 'GRADE_MISMATCH',
    outcome: 'REJECT',
    message: '该学生不在本学段毕业年级，不能办理毕业、结业。',
    messageEn: 'The pupil is not in the graduating grade of the stage.',
    path: ['registrations'],
    remedy: '请核对年级；休学学生复学后再办理。',
    ownerLevel: 'SCHOOL',
    on: policyOn,
    place: lawPlace,
  });

const events = { GRADUATE: StudentGraduated, COMPLETE: StudentCompleted } as const;
const statuses = { GRADUATE: 'GRADUATED', COMPLETE: 'COMPLETED' } as const;
const outcomes = { GRADUATE: 'GRADUATION', COMPLETE: 'COMPLETION' } as const;

/** By registration: how studies ended, as the superior authority has reviewed it. */
type Reviewed = ReadonlyMap<string, 'GRADUATION' | 'COMPLETION' | 'INCOMPLETION'>;

/**
 * Asked of the service of certificates for senior schools where the law sets conditions (CRT-02). The text has schools sort
 * their students and the superior authority review that, before anybody is let graduate: so this side asks, and what was not
 * reviewed does not graduate. Nothing is asked where no text sets conditions.
 */
const reviewedOf = async (
  core: ServiceCore,
  school: SchoolFact,
  wanted: readonly Wanted[],
): Promise<Reviewed> => {
  const isJudged =
    wanted.length > 0 &&
    school.stages.some(({ stage }) => stage === 'SENIOR') &&
    isInForce('CRT-02', core.clock.today(), lawPlaceOfSchool(school), 'SENIOR');
  if (!isJudged) return new Map();
  const registrations = wanted.map(({ person, enrollment }) => ({ person, enrollment }));
  const { outcomes: reviewed } = await ask(core.bus, reviewedOutcomes, { registrations });
  return new Map(reviewed.map((each) => [enrollmentIdOf(each), each.outcome]));
};

/**
 * Graduates or completes one pupil of the graduating grade; a problem record is no obstacle (ENR-32), a case that runs
 * is: nobody could decide on it any more once the registration has gone on elsewhere. A disabled pupil graduates by
 * assessment (ENR-24); completing is no graduation and asks for none.
 */
const graduateOne = async (
  core: ServiceCore,
  tx: Tx,
  at: string,
  outcome: Input['outcome'],
  wanted: Wanted,
  reviewed: Reviewed,
): Promise<GraduationResult> => {
  const id = enrollmentIdOf(wanted);
  const registration = await lockRegistration(tx, wanted.person, wanted.enrollment);
  if (registration === undefined) throw outOfJurisdiction();
  if (wanted.expectedVersion !== null && registration.version !== wanted.expectedVersion)
    throw versionConflict(registration.version);
  const situation = await situationOf(core, tx, registration, { evidence: [] });
  const { stage, status, lastGrade } = registration;
  const findings = [
    ...judgeTransition({ status, event: outcome, stage }, situation.policyOn, situation.lawPlace),
    ...(situation.grade === lastGrade
      ? judgeTimeOfStudy(registration, situation.today, situation.lawPlace)
      : [notGraduating(situation)]),
    ...whileCaseRuns(situation),
    ...(outcome === 'GRADUATE' ? judgeAssessedStep(situation, 'GRADUATION') : []),
    ...judgeOperation(
      { stage, asked: outcomes[outcome], reviewed: reviewed.get(id) ?? null },
      situation.policyOn,
      situation.lawPlace,
    ),
  ];
  const endsIn = registration.entryYearAdj + lastGrade;
  if (findings.length > 0) return { id, done: false, endsIn, findings };
  await changeStatus(tx, at, registration, { event: events[outcome], status: statuses[outcome] }, null);
  await execute(tx, 'update enrollment set graduated_on = $3 where person_id = $1 and enrollment_id = $2', [
    registration.person,
    registration.enrollment,
    situation.today,
  ]);
  return { id, done: true, endsIn, findings: [] };
};

type Order = {
  core: ServiceCore;
  caller: Actor;
  scope: Scope;
  at: string;
  school: SchoolFact;
  asked: Input;
};

const inOneStep = (
  { core, caller, scope, at, school, asked }: Order,
  key: string,
  of: (tx: Tx) => Promise<Wanted[]>,
) =>
  inScope(core.app, scope, (tx) =>
    once(tx, { operation: 'graduate', caller: caller.subject, key, request: asked, at }, async () => {
      const results: GraduationResult[] = [];
      const pupils = await of(tx);
      const reviewed = await reviewedOf(core, school, pupils);
      for (const wanted of pupils)
        results.push(await graduateOne(core, tx, at, asked.outcome, wanted, reviewed));
      return results;
    }),
  );

/** The last summer in which classes have come to their end by a day. */
const lastEnded = (today: string): number => {
  const year = Number(today.slice(0, 4));
  return today >= graduatesFrom({ entryYearAdj: year, lastGrade: 0 }) ? year : year - 1;
};

/** Batch after batch in the order of persons, each a transaction and an idempotent step of its own. */
const wholeGrade = async (order: Order): Promise<GraduationResult[]> => {
  const results: GraduationResult[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000', step = 0; ; step++) {
    const batch = await inOneStep(order, `${order.asked.idempotencyKey}#${step}`, async (tx) => {
      const rows = await query<EnrollmentKey>(
        tx,
        `select person_id as person, enrollment_id as enrollment from enrollment
         where school = $1 and status = 'IN_SCHOOL' and active and person_id > $2
           and entry_year_adj + last_grade <= $3 order by person_id limit ${batchSize}`,
        [order.asked.school, after, lastEnded(order.core.clock.today())],
      );
      return rows.map((row) => ({ ...row, expectedVersion: null }));
    });
    results.push(...batch);
    const last = batch.at(-1);
    if (last === undefined) return results;
    after = readEnrollmentId(last.id).person;
  }
};

/**
 * The school's graduation and completion operation (W-12): of pupils listed or of the whole graduating grade, by
 * 30 July, later ones on record (ENR-30).
 */
export const graduate = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<GraduationOutcome> => {
  const caller = authorize(actor, 'graduation.operate');
  const asked = parseInput(Input, input);
  const school = await ownSchool(core, caller, asked.school);
  const at = core.clock.now();
  const order: Order = {
    core,
    caller,
    scope: await core.directory.scopeOf(caller),
    at,
    school,
    asked,
  };
  const results = asked.registrations
    ? await inOneStep(order, asked.idempotencyKey, async () =>
        (asked.registrations ?? []).map(({ enrollment, expectedVersion }) => ({
          ...readEnrollmentId(enrollment),
          expectedVersion,
        })),
      )
    : await wholeGrade(order);
  core.wakeRelay();
  const today = core.clock.today();
  const place = lawPlaceOfSchool(school);
  const done = results.filter((result) => result.done);
  const year = Math.min(Number(today.slice(0, 4)), ...done.map(({ endsIn }) => endsIn));
  return {
    done: done.length,
    refused: results.length - done.length,
    results,
    findings: judgeGraduationOperation({ year, doneOn: today }, today, place),
  };
};
