import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { OutcomeKind, OutcomeUploaded } from '#libs/contracts/events/certificate.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { isUuid, SchoolCode } from '#libs/contracts/ids.ts';
import { issuerOf } from '#libs/law/certificate/issuer.ts';
import { asksReview } from '#libs/law/certificate/outcome.ts';
import { reviewDue } from '#libs/law/certificate/review-clock.ts';
import { judgeGraduationOperation } from '#libs/law/enrollment/graduation.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction, unavailable } from '#libs/platform/errors/errors.ts';
import { isUniqueViolation } from '#libs/platform/errors/sql-state.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { beforeOrders } from '../issue/boundary.ts';
import { issuerFactsOf } from '../issue/issuer-facts.ts';
import { actingUnitOf } from '../lost/acting-unit.ts';
import { calendarOf } from '../procedure/law-place.ts';
import { type CertificateFinding, notOfSchool, outcomeStands } from '../procedure/own-finding.ts';
import type { Study } from '../studies/study.ts';
import { studiesAt } from '../studies/study-rows.ts';
import type { OutcomeBatch } from './batch.ts';
import { type ClaimedStudy, judgeClaims, type Surroundings, surroundingsOf } from './judge-outcomes.ts';
import { type Outcome, type OutcomeState, Stated, statedContext } from './outcome.ts';
import { insertOutcomes, outcomesWhere } from './outcome-rows.ts';
import { batchFacts, saveBatch } from './save-batch.ts';

const largestBatch = 500;

const Claim = Stated.extend({ student: z.string().max(100), outcome: OutcomeKind });
type Claim = z.infer<typeof Claim>;

const Input = z
  .object({
    idempotencyKey: z.string().min(1).max(100),
    school: SchoolCode,
    outcomes: z.array(Claim).min(1).max(largestBatch),
  })
  .refine(({ outcomes }) => new Set(outcomes.map(({ student }) => student)).size === outcomes.length, {
    message: '同一名学生列出了两次。 A student is listed twice.',
    path: ['outcomes'],
  });
type Input = z.infer<typeof Input>;

/** A student who is held back, with every reason. */
export type HeldBack = { student: string; findings: CertificateFinding[] };
export type Uploaded = {
  batch: string | null;
  proceed: string[];
  held: HeldBack[];
  /** On the upload as a whole: it belongs to the graduation operation, which ends on 30 July (ENR-30). */
  findings: CertificateFinding[];
};

type Work = {
  core: ServiceCore;
  caller: Actor;
  school: SchoolFact;
  asked: Input;
  around: Surroundings;
  acting: string;
  now: string;
  today: string;
};

/** A student of the school, with what was claimed. */
type Known = { study: Study; claim: Claim };
type Judged = Known & { findings: CertificateFinding[] };
type Sorted = { proceed: Judged[]; held: Judged[]; strangers: HeldBack[] };

const live = `person_id = any($1::uuid[]) and state in ('UPLOADED', 'REVIEWED', 'ISSUED')`;

/** Sorts what a school hands in: who proceeds, who is held with every reason, and who is none of its students. */
const sort = async (tx: Tx, { school, asked, around, now, today }: Work): Promise<Sorted> => {
  const persons = asked.outcomes.map(({ student }) => student).filter(isUuid);
  const studies = await studiesAt(tx, school.code, persons);
  const standing = new Set((await outcomesWhere(tx, live, [persons])).map(({ enrollment }) => enrollment));
  const result: Sorted = { proceed: [], held: [], strangers: [] };
  const claims: (ClaimedStudy & Known)[] = [];
  for (const claim of asked.outcomes) {
    const { student, outcome: claimed } = claim;
    const study = studies.get(student);
    if (study === undefined) result.strangers.push({ student, findings: [notOfSchool] });
    else if (standing.has(study.enrollment)) result.strangers.push({ student, findings: [outcomeStands] });
    else claims.push({ study, claim, claimed, stated: claim });
  }
  const judged = judgeClaims(claims, around, { now, today, place: lawPlaceOfSchool(school) });
  result.proceed = judged.proceed.map(({ student: { study, claim } }) => ({ study, claim, findings: [] }));
  result.held = judged.held.map(({ student: { study, claim }, findings }) => ({ study, claim, findings }));
  return result;
};

/** Who leaves unfinished does so at any time of the year: the operation that ends on 30 July is about the others (ENR-30). */
const lateness = ({ school, today, asked }: Work): CertificateFinding[] =>
  asked.outcomes.every(({ outcome }) => outcome === 'INCOMPLETION')
    ? []
    : judgeGraduationOperation(
        { year: Number(today.slice(0, 4)), doneOn: today },
        today,
        lawPlaceOfSchool(school),
      );

const told = (batch: string | null, work: Work, sorted: Sorted): Uploaded => ({
  batch,
  proceed: sorted.proceed.map(({ study }) => study.person),
  held: heldBack(sorted),
  findings: lateness(work),
});

const heldBack = ({ held, strangers }: Sorted): HeldBack[] => [
  ...held.map(({ study, findings }) => ({ student: study.person, findings })),
  ...strangers,
];

const prepare = async (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Work> => {
  const caller = authorize(actor, 'outcome.upload');
  const asked = parseInput(Input, input);
  const school = caller.school === asked.school ? await core.directory.school(asked.school) : undefined;
  if (school === undefined) throw outOfJurisdiction();
  const persons = asked.outcomes.map(({ student }) => student).filter(isUuid);
  const seniors = school.stages.some(({ stage }) => stage === 'SENIOR') ? persons : [];
  const around = await surroundingsOf(core, lawPlaceOfSchool(school), seniors);
  const acting = await asWorker(core.worker, (tx) => actingUnitOf(core, tx, school));
  return { core, caller, school, asked, around, acting, now: core.clock.now(), today: core.clock.today() };
};

/** Who issues what was claimed, once nothing more is to be reviewed. */
const issuerOfClaim = ({ school, today, acting }: Work, { study: { stage }, claim }: Judged): string | null =>
  issuerOf(issuerFactsOf(school, claim.outcome, stage, acting), today, lawPlaceOfSchool(school))?.code ??
  null;

const madeFrom =
  (work: Work, batch: string) =>
  (judged: Judged, state: OutcomeState): Outcome => {
    const { core, school } = work;
    const { study, claim, findings } = judged;
    const id = uuidv7();
    const { person, enrollment, stage } = study;
    const issuer = state === 'REVIEWED' ? issuerOfClaim(work, judged) : null;
    const { conditions, reason, studiedFrom, studiedTo } = claim;
    const stated = JSON.stringify({ conditions, reason, studiedFrom, studiedTo });
    return {
      ...{ id, person, enrollment, batch, stage, kind: claim.outcome, state, issuer, ready: 0 },
      ...{ takenBack: null, findings },
      ...{ school: school.code, place: school.place, province: school.province },
      stated: core.sealing.seal(stated, statedContext({ person, id })),
    };
  };

const write = async (tx: Tx, work: Work, sorted: Sorted): Promise<string> => {
  const { core, caller, school, now, today } = work;
  const id = uuidv7();
  const state = asksReview(today, lawPlaceOfSchool(school)) ? 'UPLOADED' : 'REVIEWED';
  const due = reviewDue(new Date(now), await calendarOf(core));
  const made = madeFrom(work, id);
  const proceed = sorted.proceed.map((each) => made(each, state));
  const held = sorted.held.map((each) => made(each, 'HELD'));
  const batch: OutcomeBatch = {
    ...{
      id,
      school: school.code,
      place: school.place,
      province: school.province,
      authority: school.authority,
    },
    ...{ state, uploadedBy: caller.subject, uploadedAt: now, dueOn: due.dueDate },
    ...{
      provisional: due.provisional,
      lateRecordedOn: null,
      handledBy: null,
      handledAt: null,
      opinion: null,
    },
    ...{ decidedBy: null, decidedAt: null, reason: null, size: proceed.length, held: held.length },
    ...{ version: 1, events: 0 },
  };
  const outcomes = proceed.map(({ person, enrollment, kind }) => ({ person, enrollment, outcome: kind }));
  if (state === 'REVIEWED')
    await beforeOrders(
      tx,
      proceed.map(({ issuer }) => issuer),
    );
  const data = { ...batchFacts(batch), outcomes, held: held.length, dueOn: due.dueDate };
  await saveBatch(tx, now, null, batch, { kind: OutcomeUploaded, data });
  await insertOutcomes(tx, [...proceed, ...held]);
  return id;
};

/**
 * The school's registrar sorts students into graduation, completion and incompletion and uploads them to the superior authority,
 * which reviews them where the law of the place asks for that (CRT-07). Who does not qualify is listed with every reason (CRT-02, CRT-04, CRT-05), and the others proceed.
 */
export const uploadOutcomes = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Uploaded> => {
  const work = await prepare(core, actor, input);
  const { caller, asked, now } = work;
  const scope = await core.directory.scopeOf(caller);
  const order = { operation: 'uploadOutcomes', caller: caller.subject, key: asked.idempotencyKey };
  const done = await untilAlone(() =>
    inScope(core.app, scope, (tx) =>
      once<Uploaded>(tx, { ...order, request: asked, at: now }, async () => {
        const sorted = await sort(tx, work);
        const batch = sorted.proceed.length === 0 ? null : await write(tx, work, sorted);
        return told(batch, work, sorted);
      }),
    ),
  );
  core.wakeRelay();
  return done;
};

const mostTries = 5;

/** Somebody else may upload the same student in the same moment: whoever comes second looks again, and is told that one stands. */
const untilAlone = async <T>(work: () => Promise<T>): Promise<T> => {
  for (let tries = 0; tries < mostTries; tries++) {
    try {
      return await work();
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
    }
  }
  throw unavailable('outcomes');
};

/** What an upload would come to, with no effect. */
export const previewOutcomes = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Uploaded> => {
  const work = await prepare(core, actor, input);
  return inScope(core.app, await core.directory.scopeOf(work.caller), async (tx) => {
    const sorted = await sort(tx, work);
    return told(null, work, sorted);
  });
};
