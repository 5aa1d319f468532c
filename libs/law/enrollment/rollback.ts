import type { WorkingDayCalendar } from '../calendar/working-day-calendar.ts';
import { type IsoDate, shanghaiDate } from '../dates.ts';
import { deadlineAfter } from '../deadline.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';
import type { WorkingDayDeadline } from '../working-days.ts';
import { noTextPermits } from './no-text.ts';

/** An admission that was made by mistake. `status`: that of the registration. */
export type AdmissionRollbackFacts = {
  status: string;
  /** The pupil has reported at the admitting school. */
  reported: boolean;
  /** Asked for by the registry authority of the school (CF-33). */
  byRegistryAuthority: boolean;
};

/** The registry authority puts a wrongly admitted pupil back to graduate while the pupil has not reported (ENR-34). */
export const judgeAdmissionRollback = (
  facts: AdmissionRollbackFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!isInForce('ENR-34', on, place)) {
    return [noTextPermits({ what: '招生回退', whatEn: 'The rollback of an admission' }, on, place)];
  }
  if (!facts.byRegistryAuthority) return notAllowed(SAID.authority, on, place);
  if (facts.status !== 'ADMITTED') return notAllowed(SAID.status, on, place);
  return facts.reported ? notAllowed(SAID.reported, on, place) : [];
};

/** A graduation that was made by mistake. */
export type GraduationRollbackFacts = {
  status: string;
  /** When the graduation operation was done on the pupil. */
  graduatedAt: Date;
  byRegistryAuthority: boolean;
};

/**
 * The last moment of a graduation rollback: half a year after the graduation, that day included (ENR-35); undefined
 * where no text allows one. The law is that of the day of graduation.
 */
export const graduationRollbackDue = (
  graduatedAt: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): WorkingDayDeadline | undefined => {
  const within = requireValue('graduationRollbackWithin', place, shanghaiDate(graduatedAt));
  return within ? deadlineAfter(graduatedAt, within, calendar) : undefined;
};

/**
 * The registry authority puts a graduate back in school within half a year (ENR-35). Who has been admitted meanwhile is
 * put back to graduate first (ENR-34, CF-50).
 */
export const judgeGraduationRollback = (
  facts: GraduationRollbackFacts,
  now: Date,
  place: LawPlace,
  calendar: WorkingDayCalendar,
): Finding[] => {
  const on = shanghaiDate(now);
  const due = graduationRollbackDue(facts.graduatedAt, place, calendar);
  if (!due) return [noTextPermits({ what: '毕业回退', whatEn: 'The rollback of a graduation' }, on, place)];
  return [...judgeState(facts, on, place), ...(now < due.dueAt ? [] : windowClosed(due.dueDate, on, place))];
};

const judgeState = (facts: GraduationRollbackFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!facts.byRegistryAuthority) return notAllowed(SAID.authority, on, place);
  if (facts.status === 'ADMITTED') return notAllowed(SAID.admittedFirst, on, place);
  return facts.status === 'GRADUATED' ? [] : notAllowed(SAID.notGraduated, on, place);
};

type Said = { message: string; messageEn: string; remedy: string };

const SAID = {
  authority: {
    message: '回退只能由该校学籍主管部门办理。',
    messageEn: 'Only the registry authority of the school rolls back.',
    remedy: '请报学籍主管部门办理。',
  },
  status: {
    message: '该生不在已招生状态，没有可回退的招生。',
    messageEn: 'The pupil is not admitted; there is no admission to roll back.',
    remedy: '请核对学籍状态。',
  },
  reported: {
    message: '该生已经报到，不能再回退招生。',
    messageEn: 'The pupil has reported; the admission is not rolled back any more.',
    remedy: '确需变更学校的，请按转学办理。',
  },
  admittedFirst: {
    message: '该生已被招生，须先办理招生回退。',
    messageEn: 'The pupil has been admitted; that is rolled back first.',
    remedy: '请招生学校的主管部门先办理招生回退，再办理毕业回退。',
  },
  notGraduated: {
    message: '该生不在毕业状态，没有可回退的毕业。',
    messageEn: 'The pupil is no graduate; there is no graduation to roll back.',
    remedy: '请核对学籍状态。',
  },
} as const satisfies Record<string, Said>;

const notAllowed = (said: Said, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-34', { ...said, path: ['student'], ownerLevel: 'COUNTY', on, place });

const windowClosed = (dueDate: IsoDate, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-35', {
    message: `毕业回退须在毕业后半年内办理，已于${dueDate}截止。`,
    messageEn: `A graduation is rolled back within half a year; that ended on ${dueDate}.`,
    path: ['student'],
    remedy: '不能再办理毕业回退；仍需就读的，请按升学或跨省就学办理。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });
