import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import { workingDayCalendar } from '#libs/law/calendar/working-day-calendar.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import { registrarDecides, updateStepDue } from '#libs/law/identity/information-proposal.ts';
import type { Hand, Obstacle, Party, Step } from '#libs/law/procedure/course.ts';
import { handOf, newStep } from '#libs/law/procedure/course.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { lawPlaceAt } from '../place-of-law.ts';
import { lawField } from './proposal.ts';
import type { UpdateRecord } from './update-record.ts';

/** Where a child is registered, and the days that count there. */
export type Whereabouts = {
  school: SchoolFact | undefined;
  code: string;
  lawPlace: LawPlace;
  calendar: ReturnType<typeof workingDayCalendar>;
  today: string;
  now: string;
};

export const whereaboutsOf = async (
  core: ServiceCore,
  { school: code, province }: { school: string; province: string },
): Promise<Whereabouts> => {
  const school = await core.directory.school(code);
  return {
    school,
    code,
    lawPlace: lawPlaceAt(school, province),
    calendar: workingDayCalendar(await core.directory.workingDays()),
    today: core.clock.today(),
    now: core.clock.now(),
  };
};

/** The school or unit whose turn a party's step is: the school, or its registry authority (CF-33). */
export const unitOf = (party: Party, { school, code }: Pick<Whereabouts, 'school' | 'code'>): string =>
  party === 'SCHOOL' ? code : (school?.authority ?? code);

/** A new step: a party's turn from now on, of ten working days (ID-24, ENR-67). */
export const openStep = (
  where: Whereabouts,
  party: Party,
  ordinal: number,
  handledBy: string | null,
): Step => {
  const due = updateStepDue(new Date(where.now), where.lawPlace, where.calendar);
  return {
    ordinal,
    party,
    ...newStep(unitOf(party, where), where.now, due),
    handledBy,
    handledAt: handledBy && where.now,
  };
};

/** Living data that others reported are taken over by the registrar alone. */
export const isRegistrars = ({ proposedAs, items }: Pick<UpdateRecord, 'proposedAs' | 'items'>): boolean =>
  registrarDecides({ by: proposedAs, fields: Object.keys(items).map(lawField) });

/** The hand of a caller who decides on a change: a decision-maker, or the registrar where that is enough (ID-24). */
export const decidingHand = (caller: Actor, record: Pick<UpdateRecord, 'proposedAs' | 'items'>): Hand => {
  const decides =
    isGranted(caller, 'information.decide') ||
    (isRegistrars(record) && isGranted(caller, 'information.take-over'));
  return handOf(caller, decides ? 'DECIDES' : 'HANDLES');
};

/** The hand of a caller who handles a step. */
export const handlingHand = (caller: Actor): Hand => handOf(caller, 'HANDLES');

const said: Record<Obstacle, { code: string; message: string; messageEn: string; remedy: string }> = {
  CASE_ENDED: {
    code: 'CASE_ENDED',
    message: '该信息更新已办结，不能再办理。',
    messageEn: 'This change has ended.',
    remedy: '请刷新后查看办理结果；需要时重新提交。',
  },
  OTHER_UNIT: {
    code: 'ROLE_MISSING',
    message: '该信息更新目前不由您的单位办理。',
    messageEn: 'It is not the turn of your unit.',
    remedy: '请由当前环节所列单位办理。',
  },
  OTHER_ROLE: {
    code: 'ROLE_MISSING',
    message: '该信息更新须由核办人员决定。',
    messageEn: 'A decision-maker decides on this change.',
    remedy: '请由本单位具有相应职责的人员办理。',
  },
  NOT_HANDLED: {
    code: 'STEP_NOT_HANDLED',
    message: '本单位学籍管理员尚未经办，不能核办。',
    messageEn: 'The registrar of this unit has not handled it yet.',
    remedy: '请学籍管理员先核对材料并签署意见。',
  },
  SAME_PERSON: {
    code: 'SAME_PERSON_HANDLES_AND_DECIDES',
    message: '提出人、经办人不能自行核定。',
    messageEn: 'Whoever proposed or handled it does not decide on it.',
    remedy: '请由本单位另一名人员核办。',
  },
  REASON_MISSING: {
    code: 'DECISION_REASON_MISSING',
    message: '不予同意须写明理由。',
    messageEn: 'Refusing needs a reason.',
    remedy: '请填写理由。',
  },
};

/** What stands against an action, as findings under the rule of two roles (ACC-18). */
export const obstacleFindings = (
  obstacles: readonly Obstacle[],
  { today, lawPlace }: Pick<Whereabouts, 'today' | 'lawPlace'>,
): Finding[] =>
  obstacles.map((obstacle) =>
    finding('ACC-18', { ...said[obstacle], outcome: 'REJECT', on: today, place: lawPlace }),
  );

/** What is held goes on only with a written reason of the deciding authority. */
export const heldWithoutReason = (findings: readonly Finding[], reason: string | null): Finding[] =>
  (reason ?? '').trim() === '' ? findings.filter(({ outcome }) => outcome === 'HOLD') : [];
