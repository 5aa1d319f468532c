import { z } from 'zod';
import { EnrollmentRejected } from '#libs/contracts/events/enrollment.ts';
import {
  CityConfirmationRequested,
  CityConfirmed,
  CityDeclined,
  SpecialCaseReported,
} from '#libs/contracts/events/overseas.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import { answerDue } from '#libs/law/organization/duties.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Situation } from '../cases/situation.ts';
import { type AtWork, type Done, onRegistration, RegistrationOrder } from '../marks/on-registration.ts';
import {
  type Matter,
  matterAggregate,
  matterContext,
  matterData,
  mattersWhere,
  saveMatter,
} from './matter-rows.ts';
import { askedMatter } from './open-matters.ts';

const Kind = z.enum(['JOINT_PROGRAMME', 'SPECIAL_CASE']);

const Asking = RegistrationOrder.extend({
  kind: Kind,
  explanation: z.string().trim().min(1).max(2000),
});

const Deciding = RegistrationOrder.extend({
  kind: Kind,
  decision: z.enum(['CONFIRM', 'DECLINE']),
  reason: z.string().trim().min(1).max(1000),
});

const notWaiting = ({ today, lawPlace }: Situation, message: string, messageEn: string): Finding =>
  finding('ENR-08', {
    code: 'NOT_WAITING_FOR_CITY',
    outcome: 'REJECT',
    message,
    messageEn,
    path: ['enrollment'],
    remedy: '请核对学籍状态和办理进度。',
    ownerLevel: 'CITY',
    on: today,
    place: lawPlace,
  });

const matterOf = async ({ tx, situation }: AtWork, kind: Matter['kind']): Promise<Matter | undefined> => {
  const { person, enrollment } = situation.registration;
  const [matter] = await mattersWhere(tx, 'person_id = $1 and enrollment_id = $2 and kind = $3 for update', [
    person,
    enrollment,
    kind,
  ]);
  return matter;
};

/** A special situation is one of a pupil from abroad, or of a joint programme (ENR-19). */
const isConcerned = async ({ tx, situation }: AtWork): Promise<boolean> => {
  const { person, enrollment } = situation.registration;
  const rows = await query(
    tx,
    `select 1 from intake where person_id = $1 and enrollment_id = $2 and facts ? 'abroad' limit 1`,
    [person, enrollment],
  );
  return rows.length > 0;
};

/** School or county puts a registration before the city: a special situation, or once more a joint programme. */
const ask = async (
  core: ServiceCore,
  work: AtWork,
  { kind, explanation }: z.infer<typeof Asking>,
): Promise<Done> => {
  const { tx, situation, caller } = work;
  const { registration, school, now } = situation;
  const before = await matterOf(work, kind);
  const mayAsk =
    registration.status === 'PENDING_APPROVAL' &&
    before?.state !== 'PENDING' &&
    before?.state !== 'CONFIRMED' &&
    (kind === 'SPECIAL_CASE' ? await isConcerned(work) : before !== undefined);
  if (!mayAsk) {
    const words = [
      '该学籍不在待核准状态，或无须、已经提请市级处理。',
      'Nothing is to be put before the city.',
    ] as const;
    return { done: false, findings: [notWaiting(situation, ...words)] };
  }
  const { person, enrollment } = registration;
  const sealed = core.sealing.seal(explanation, matterContext({ enrollment, kind }));
  const version = (before?.version ?? 0) + 1;
  const matter = askedMatter({ at: now, calendar: situation.calendar }, school, {
    ...{ person, enrollment, kind, sealed, askedBy: caller.subject, version },
  });
  await saveMatter(tx, matter);
  const event = kind === 'SPECIAL_CASE' ? SpecialCaseReported : CityConfirmationRequested;
  await recordEvents(tx, now, [recorded(event, matterAggregate(matter), version, matterData(matter))]);
  return { done: true, findings: [] };
};

export const requestCityConfirmation = (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'city.request');
  const asked = parseInput(Asking, input);
  const by = caller.level === 'SCHOOL' ? 'SCHOOL' : 'AUTHORITY';
  return onRegistration({ core, caller, operation: 'requestCityConfirmation', by }, asked, (work) =>
    ask(core, work, asked),
  );
};

/** Back to the school, to be corrected: nothing is approved that the city does not confirm (W-05). */
const sendBack = async ({ tx, situation, caller }: AtWork, reason: string): Promise<void> => {
  const { registration, now, lawPlace, calendar } = situation;
  const { person, enrollment, school, place, province } = registration;
  const due = answerDue(new Date(now), lawPlace, calendar);
  await execute(
    tx,
    `update enrollment set status = 'RETURNED_TO_SCHOOL', decided_at = $3, decided_by = $4, decision_reason = $5,
       due_on = $6, due_provisional = $7, due_calendar = $8 where person_id = $1 and enrollment_id = $2`,
    [person, enrollment, now, caller.subject, reason, due.dueDate, due.provisional, due.calendarVersion],
  );
  const version = registration.version + 1;
  await execute(tx, 'update pupil set version = $2 where person_id = $1', [person, version]);
  await recordEvents(tx, now, [
    recorded(EnrollmentRejected, person, version, {
      ...{ person, enrollment, school, place, province, status: 'RETURNED_TO_SCHOOL', final: false },
    }),
  ]);
};

/** The city confirms, or sends the registration back to the school with a reason (ENR-18, ENR-19). */
export const decideCityMatter = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'city.confirm');
  const asked = parseInput(Deciding, input);
  return onRegistration({ core, caller, operation: 'decideCityMatter', by: 'CITY' }, asked, async (work) => {
    const { tx, situation } = work;
    const matter = await matterOf(work, asked.kind);
    if (matter !== undefined && matter.city !== caller.unit) throw outOfJurisdiction();
    if (matter?.state !== 'PENDING' || situation.registration.status !== 'PENDING_APPROVAL') {
      const words = ['该学籍没有等待市级确认的事项。', 'Nothing waits for the city.'] as const;
      return { done: false, findings: [notWaiting(situation, ...words)] };
    }
    const isConfirmed = asked.decision === 'CONFIRM';
    const after: Matter = {
      ...matter,
      state: isConfirmed ? 'CONFIRMED' : 'DECLINED',
      decidedBy: caller.subject,
      decidedAt: situation.now,
      reason: asked.reason,
      version: matter.version + 1,
    };
    await saveMatter(tx, after);
    const event = isConfirmed ? CityConfirmed : CityDeclined;
    await recordEvents(tx, situation.now, [
      recorded(event, matterAggregate(after), after.version, matterData(after)),
    ]);
    if (!isConfirmed) await sendBack(work, asked.reason);
    return { done: true, findings: [] };
  });
};
