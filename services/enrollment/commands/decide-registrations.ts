import { z } from 'zod';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { Instant, SchoolCode } from '#libs/contracts/ids.ts';
import type { WorkingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { REFUSAL_GROUNDS, type RefusalGround } from '#libs/law/enrollment/lawful-refusal.ts';
import type { Finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import { rangeWithin } from '#libs/platform/directory/within.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { type Recorded, recordEvents } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { type Decided, type Decision, decideRegistration } from '../decision/decide.ts';
import { type EnrollmentKey, enrollmentIdOf, readEnrollmentId } from '../enrollment-id.ts';
import { unconfirmedOf, withCityWord } from '../overseas/standing.ts';
import { blockedRefusal } from './blocked-refusals.ts';
import { type Change, changeOf, placeOf, type Row, saveDecisions } from './save-decisions.ts';

const largestDecision = 200;
const batchSize = 100;

const isEachOnce = (listed: readonly { enrollment: string }[]): boolean =>
  new Set(listed.map(({ enrollment }) => enrollment)).size === listed.length;

const Input = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    decision: z.enum(['APPROVE', 'RETURN', 'REFUSE']),
    reason: z.string().max(1000).nullish(),
    ground: z.enum(REFUSAL_GROUNDS).nullish(),
    registrations: z
      .array(z.object({ enrollment: z.string().max(100), expectedVersion: z.int() }))
      .max(largestDecision)
      .nullish(),
    allPendingOfSchool: SchoolCode.nullish(),
    seenUntil: Instant.nullish(),
  })
  .refine((input) => (input.registrations ? 1 : 0) + (input.allPendingOfSchool ? 1 : 0) === 1, {
    message: '请列出学籍，或指定一所学校，二者取一。 Name registrations or one school, not both.',
    path: ['registrations'],
  })
  .refine(({ seenUntil, allPendingOfSchool }) => !seenUntil || allPendingOfSchool, {
    message:
      '逐个列出时以版本号为准，不填查看时间。 Only a decision on a whole school says until when it was seen.',
    path: ['seenUntil'],
  })
  .refine(({ decision, ground }) => !ground || decision === 'REFUSE', {
    message: '只有不予核准才填写情形。 Only a refusal has a ground.',
    path: ['ground'],
  })
  .refine(({ registrations }) => isEachOnce(registrations ?? []), {
    message: '同一条学籍列出了两次。 A registration is listed twice.',
    path: ['registrations'],
  });

type Wanted = EnrollmentKey & { expectedVersion: number | null };
export type DecisionResult = { id: string; findings: Finding[]; decided: boolean };
export type DecisionOutcome = { results: DecisionResult[]; decided: number; refused: number };

type Deciding = {
  core: ServiceCore;
  tx: Tx;
  caller: Actor;
  decision: Decision;
  reason: string | null;
  ground: RefusalGround | null;
  together: boolean;
  at: string;
  calendar: WorkingDayCalendar;
};

/**
 * The registry authority decides on registrations, listed or all that wait of one school (ENR-08). Each has its own
 * verdict: what may not be decided is listed with its findings, the others proceed.
 */
export const decideRegistrations = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<DecisionOutcome> => {
  const caller = authorize(actor, 'registration.decide');
  const asked = parseInput(Input, input);
  const scope = await core.directory.scopeOf(caller);
  const common = {
    core,
    caller,
    decision: asked.decision,
    reason: asked.reason ?? null,
    ground: asked.ground ?? null,
    together: !asked.registrations,
    at: core.clock.now(),
    calendar: await calendarOf(core),
  };
  const results: DecisionResult[] = [];
  if (asked.registrations) {
    const wanted = asked.registrations.map(({ enrollment, expectedVersion }) => ({
      ...readEnrollmentId(enrollment),
      expectedVersion,
    }));
    results.push(...(await decideOnce(common, scope, asked.idempotencyKey, asked, wanted)));
  } else {
    const whole = { school: asked.allPendingOfSchool ?? '', seenUntil: asked.seenUntil ?? null };
    results.push(...(await decideSchool(common, scope, asked.idempotencyKey, asked, whole)));
  }
  core.wakeRelay();
  const decided = results.filter((result) => result.decided).length;
  return { results, decided, refused: results.length - decided };
};

type Common = Omit<Deciding, 'tx'>;

const decideOnce = (common: Common, scope: Scope, key: string, request: unknown, wanted: readonly Wanted[]) =>
  inScope(common.core.app, scope, (tx) =>
    once(
      tx,
      { operation: 'decideRegistrations', caller: common.caller.subject, key, request, at: common.at },
      () => decideBatch({ ...common, tx }, wanted),
    ),
  );

/** Batch after batch in the order of persons, each a transaction and an idempotent step of its own. */
const decideSchool = async (
  common: Common,
  scope: Scope,
  key: string,
  request: unknown,
  { school, seenUntil }: { school: string; seenUntil: string | null },
) => {
  const range = await rangeWithin(common.core.directory, scope, school);
  const results: DecisionResult[] = [];
  for (let after = '00000000-0000-0000-0000-000000000000', step = 0; ; step++) {
    const batch = await inScope(common.core.app, scope, (tx) =>
      once(
        tx,
        {
          operation: 'decideRegistrations',
          caller: common.caller.subject,
          key: `${key}#${step}`,
          request,
          at: common.at,
        },
        async () => {
          const waiting = await query<EnrollmentKey>(
            tx,
            `select person_id as person, enrollment_id as enrollment from enrollment
           where place = $1 and status = 'PENDING_APPROVAL' and person_id > $2
             and ($4::timestamptz is null or coalesce(resubmitted_at, registered_at) <= $4)
           order by person_id limit $3`,
            [range.lo, after, batchSize, seenUntil],
          );
          return decideBatch(
            { ...common, tx },
            waiting.map((entry) => ({ ...entry, expectedVersion: null })),
          );
        },
      ),
    );
    results.push(...batch);
    const last = batch.at(-1);
    if (last === undefined || batch.length < batchSize) return results;
    after = readEnrollmentId(last.id).person;
  }
};

const decideBatch = async (deciding: Deciding, wanted: readonly Wanted[]): Promise<DecisionResult[]> => {
  const rows = await lockRows(deciding.tx, wanted);
  const schools = await deciding.core.directory.schoolsOf([...rows.values()].map((row) => row.school));
  const matters = await unconfirmedOf(
    deciding.tx,
    [...rows.values()].map((row) => row.enrollment),
  );
  const results: DecisionResult[] = [];
  const changes: Change[] = [];
  const blocked: Recorded[] = [];
  for (const want of wanted) {
    const row = rows.get(enrollmentIdOf(want));
    if (row === undefined) throw outOfJurisdiction();
    const isAsSeen = want.expectedVersion === null || want.expectedVersion === row.version;
    const school = schools.get(row.school);
    const judged = judge(deciding, row, isAsSeen, school);
    const decided =
      deciding.decision === 'APPROVE'
        ? withCityWord(judged, matters.get(row.enrollment), {
            stage: row.stage,
            on: deciding.core.clock.today(),
            place: placeOf(row, school),
          })
        : judged;
    if (decided.findings.length === 0) changes.push(changeOf(deciding, row, decided, school));
    blocked.push(
      ...(await blockedRefusal(deciding.core.directory, deciding.caller.unit ?? '', row, decided)),
    );
    results.push({
      id: enrollmentIdOf(row),
      findings: decided.findings,
      decided: decided.findings.length === 0,
    });
  }
  await saveDecisions({ ...deciding, by: deciding.caller.subject }, changes);
  await recordEvents(deciding.tx, deciding.at, blocked);
  return results;
};

const lockRows = async (tx: Tx, wanted: readonly Wanted[]): Promise<Map<string, Row>> => {
  const rows = await query<Row>(
    tx,
    `select e.person_id as person, e.enrollment_id as enrollment, e.school, e.place, e.province, e.stage, e.status, e.held, e.entered_by,
            e.class_id, p.version
     from pupil p join enrollment e on e.person_id = p.person_id
     where p.person_id = any($1::uuid[]) and e.enrollment_id = any($2::uuid[])
     order by p.person_id for update`,
    [wanted.map((want) => want.person), wanted.map((want) => want.enrollment)],
  );
  return new Map(rows.map((row) => [enrollmentIdOf(row), row]));
};

const judge = (deciding: Deciding, row: Row, isAsSeen: boolean, school: SchoolFact | undefined): Decided =>
  decideRegistration(
    deciding.decision,
    {
      status: row.status,
      held: row.held,
      authority: school?.authority ?? '',
      unit: deciding.caller.unit ?? '',
      reason: deciding.reason,
      ground: deciding.ground,
      together: deciding.together,
      isAsSeen,
      isOwnEntry: row.entered_by.includes(deciding.caller.subject),
    },
    deciding.core.clock.today(),
    placeOf(row, school),
  );
