import { z } from 'zod';
import { StudentAwayReported } from '#libs/contracts/events/enrollment-marks.ts';
import { Day } from '#libs/contracts/ids.ts';
import { enforces } from '#libs/law/enforces.ts';
import { judgeAwayReport } from '#libs/law/enrollment/cancellation.ts';
import { finding } from '#libs/law/finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Situation } from '../cases/situation.ts';
import { sendNotice } from '../notices/notice.ts';
import { changeMarks } from './change-marks.ts';
import { type Done, onRegistration, RegistrationOrder } from './on-registration.ts';

const Input = RegistrationOrder.extend({
  reason: z.enum(['MISSING', 'CRIMINAL_DETENTION', 'OTHER']),
  since: Day,
  /** What the school knows, for the authority alone. */
  report: z.string().trim().max(2000).nullish(),
});
const Ending = RegistrationOrder;

const ended = ({ today, lawPlace }: Situation) =>
  finding('ENR-67', {
    code: 'STATUS_DOES_NOT_ALLOW',
    outcome: 'REJECT',
    message: '该学籍已结束，或学生没有失联、被羁押等标识。',
    messageEn: 'The registration has ended, or bears no such mark.',
    path: ['enrollment'],
    remedy: '请核对学籍状态。',
    ownerLevel: 'SCHOOL',
    on: today,
    place: lawPlace,
  });

/**
 * A pupil who is missing or in criminal detention: marked, and reported to the competent authority in the same act; the
 * registration is kept (ENR-62). Mark and report cannot be parted, so that nobody is marked and not reported.
 */
export const reportAway = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  enforces('ENR-62');
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Input, input);
  return onRegistration(
    { core, caller, operation: 'reportAway', by: 'SCHOOL', acrossPlaces: true },
    asked,
    async ({ tx, situation }) => {
      const { registration, school, now, today, lawPlace } = situation;
      if (!registration.active || asked.since > today) return { done: false, findings: [ended(situation)] };
      const marks = { awayReason: asked.reason };
      await changeMarks(tx, now, registration, marks, StudentAwayReported);
      await sendNotice(core, tx, {
        kind: 'AWAY',
        recipient: 'REGISTRY_AUTHORITY',
        addressee: school.authority,
        person: registration.person,
        entry: null,
        school: school.code,
        sender: school.code,
        sentBy: caller.subject,
        sentAt: now,
        content: asked.report ?? null,
      });
      const facts = { stage: registration.stage, reportedToAuthority: true };
      return { done: true, findings: judgeAwayReport(facts, today, lawPlace) };
    },
  );
};

/** The pupil is found or free again: the mark goes, everything else is as it was. */
export const clearAway = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'case.enter');
  const asked = parseInput(Ending, input);
  return onRegistration(
    { core, caller, operation: 'clearAway', by: 'SCHOOL' },
    asked,
    async ({ tx, situation }) => {
      if (situation.registration.awayReason === null) return { done: false, findings: [ended(situation)] };
      await changeMarks(tx, situation.now, situation.registration, { awayReason: null });
      return { done: true, findings: [] };
    },
  );
};
