import { z } from 'zod';
import { ImproperAdmissionReported } from '#libs/contracts/events/entry.ts';
import { Uuid } from '#libs/contracts/ids.ts';
import { decisionDue } from '#libs/law/enrollment/decision-due.ts';
import { judgeImproperAdmission } from '#libs/law/enrollment/improper-admission.ts';
import { type AuthorityLevel, judgeAdmissionCancellation } from '#libs/law/enrollment/no-show.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { lawPlaceOfSchool } from '#libs/law/layers.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { once } from '#libs/platform/commands/idempotency.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { calendarOf } from '../calendar-of.ts';
import { ownSchool } from '../own-school.ts';
import {
  answerEnd,
  askEnd,
  type CancellationOutcome,
  type CoursedAdmission,
  coursesOf,
} from './admission-course.ts';
import { endAdmissionOf } from './release-admitted.ts';

const Asking = z.object({
  idempotencyKey: z.string().min(1).max(100),
  admission: Uuid,
  ground: z.enum(['NO_SHOW', 'IMPROPER_MEANS']),
  reason: z.string().trim().min(1).max(1000),
});

const Answering = z.object({
  idempotencyKey: z.string().min(1).max(100),
  admission: Uuid,
  /** What the check of a report has found; for a no-show there is nothing to be checked. */
  check: z.enum(['CONFIRMED', 'UNFOUNDED']).nullish(),
  /** The authority agrees that the admission is cancelled. */
  consents: z.boolean(),
  reason: z.string().trim().min(1).max(1000),
});

export type Ended = { done: boolean; findings: Finding[] };

type Check = 'PENDING' | 'CONFIRMED' | 'UNFOUNDED';

const levelOf = async (core: ServiceCore, authority: string): Promise<AuthorityLevel> => {
  const level = (await core.directory.unit(authority))?.level;
  return level === 'PROVINCE' || level === 'CITY' ? level : 'COUNTY';
};

const nothingAsked = (on: string, place: LawPlace): Finding =>
  finding('ENR-67', {
    code: 'ADMISSION_END_NOT_ASKED',
    outcome: 'REJECT',
    message: '学校没有提出取消该入学资格，或已经办结。',
    messageEn: 'The school has not asked to end this admission, or it is done.',
    path: ['admission'],
    remedy: '请核对该生的招收记录。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

/** What the law says of ending an admission, with the authority's part as it stands. */
const judge = (
  { stage, state, course }: CoursedAdmission,
  part: { ground: 'NO_SHOW' | 'IMPROPER_MEANS'; check: Check; consents: boolean; level: AuthorityLevel },
  on: string,
  place: LawPlace,
): Finding[] => {
  const { check, consents: authorityConsents, level: authorityLevel } = part;
  return part.ground === 'NO_SHOW'
    ? judgeAdmissionCancellation(
        {
          stage,
          noShow: state === 'ADMITTED' && course.noShowOn !== null,
          authorityConsents,
          authorityLevel,
        },
        on,
        place,
      )
    : judgeImproperAdmission({ stage, check, authorityConsents, authorityLevel }, on, place);
};

const isOver = ({ state }: CoursedAdmission): boolean => state === 'CANCELLED' || state === 'ROLLED_BACK';

/**
 * A school asks that an admission end, because the pupil did not come (ENR-14) or won the place by improper means
 * (ENR-15). Nothing changes by it: the authority checks and agrees, or does not.
 */
export const requestAdmissionEnd = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Ended> => {
  const caller = authorize(actor, 'admission.enter');
  const asked = parseInput(Asking, input);
  const at = core.clock.now();
  const today = core.clock.today();
  const ended = await asWorker(core.worker, (tx) =>
    once<Ended>(
      tx,
      {
        operation: 'requestAdmissionEnd',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        const [admission] = await coursesOf(tx, [asked.admission], true);
        if (admission === undefined) throw outOfJurisdiction();
        const school = await ownSchool(core, caller, admission.school);
        const place = lawPlaceOfSchool(school);
        const level = await levelOf(core, school.authority);
        const part = { ground: asked.ground, check: 'PENDING' as const, consents: false, level };
        const findings = [
          ...(isOver(admission) ? [nothingAsked(today, place)] : []),
          ...judge(admission, part, today, place),
        ];
        if (findings.some(({ outcome }) => outcome === 'REJECT')) return { done: false, findings };
        const due = decisionDue(new Date(at), place, await calendarOf(core));
        const { ground, reason } = asked;
        await askEnd(tx, admission, { ground, reason, by: caller.subject, at, due });
        if (ground === 'IMPROPER_MEANS') {
          const { id, person, province } = admission;
          const where = { school: school.code, place: admission.place, province };
          await recordEvents(tx, at, [
            recorded(ImproperAdmissionReported, `improper:${id}:${admission.version + 1}`, 1, {
              admission: id,
              person,
              ...where,
            }),
          ]);
        }
        return { done: true, findings };
      },
    ),
  );
  core.wakeRelay();
  return ended;
};

const outcomeOf = (findings: readonly Finding[], consents: boolean): CancellationOutcome => {
  if (findings.some(({ code }) => code === 'IMPROPER_ADMISSION_UNFOUNDED')) return 'UNFOUNDED';
  if (findings.some(({ code }) => code === 'REASSIGN_SCHOOL')) return 'REASSIGN_SCHOOL';
  return consents ? 'CANCELLED' : 'NOT_AGREED';
};

/**
 * The authority of the admitting school answers. A senior admission ends with its consent, and the pupil is a graduate
 * of the stage before again, whom another school may admit; a compulsory pupil goes on attending until the county has
 * arranged a school (ENR-14, ENR-15).
 */
export const decideAdmissionEnd = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Ended> => {
  const caller = authorize(actor, 'rollback.decide');
  const asked = parseInput(Answering, input);
  if ((await core.directory.workplaceOf(caller)) === undefined) throw outOfJurisdiction();
  const at = core.clock.now();
  const today = core.clock.today();
  const ended = await asWorker(core.worker, (tx) =>
    once<Ended>(
      tx,
      {
        operation: 'decideAdmissionEnd',
        caller: caller.subject,
        key: asked.idempotencyKey,
        request: asked,
        at,
      },
      async () => {
        const [admission] = await coursesOf(tx, [asked.admission], true);
        const school = admission && (await core.directory.school(admission.school));
        if (admission === undefined || school === undefined || school.authority !== caller.unit)
          throw outOfJurisdiction();
        const place = lawPlaceOfSchool(school);
        const { ground, outcome: answered } = admission.course;
        if (ground === null || answered !== null || isOver(admission))
          return { done: false, findings: [nothingAsked(today, place)] };
        const level = await levelOf(core, school.authority);
        const part = { ground, check: asked.check ?? ('PENDING' as const), consents: asked.consents, level };
        const findings = judge(admission, part, today, place);
        const outcome = outcomeOf(findings, asked.consents);
        const isUnchecked = ground === 'IMPROPER_MEANS' && !asked.check;
        const stands = outcome === 'CANCELLED' && findings.length > 0;
        if (isUnchecked || stands) return { done: false, findings };
        if (outcome === 'CANCELLED') await endAdmissionOf(tx, at, admission);
        await answerEnd(tx, admission, { outcome, reason: asked.reason, by: caller.subject, at });
        return { done: true, findings };
      },
    ),
  );
  core.wakeRelay();
  return ended;
};
