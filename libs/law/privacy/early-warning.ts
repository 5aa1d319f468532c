import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';

/** What an early warning is told of. */
export const WARNING_TRIGGERS = ['MASS_READ', 'OFF_HOURS_EXPORT', 'FAILED_LOGINS'] as const;
export type WarningTrigger = (typeof WARNING_TRIGGERS)[number];

/**
 * From when on the use of one account within one hour is a warning. All of them are ours: the text asks for a mechanism and
 * names no figure (PRV-08).
 */
export const EARLY_WARNING = {
  /** Different persons whose identifying data one account read. */
  massReadPersons: 1_000,
  /** Persons of a single reading that counts as an export. */
  exportPersons: 100,
  /** Hours of the day in Shanghai, the first included and the last not, in which nobody is expected to export. */
  offHours: { from: 22, until: 6 },
  /** Sign-ins with a valid token that were refused because the account is sealed, suspended, closed or past its password. */
  refusedSignIns: 10,
} as const;

const SHANGHAI_HOURS = 8;

/** True where an hour that begins at an instant lies outside of working hours. */
export const isOffHours = (at: Date): boolean => {
  const hour = (at.getUTCHours() + SHANGHAI_HOURS) % 24;
  return hour >= EARLY_WARNING.offHours.from || hour < EARLY_WARNING.offHours.until;
};

/** What one account did in one hour, counted by what the trigger looks at. */
export type WarningFacts = { trigger: WarningTrigger; from: Date; count: number };

const isReached = ({ trigger, from, count }: WarningFacts): boolean => {
  if (trigger === 'MASS_READ') return count >= EARLY_WARNING.massReadPersons;
  if (trigger === 'FAILED_LOGINS') return count >= EARLY_WARNING.refusedSignIns;
  return isOffHours(from) && count > EARLY_WARNING.exportPersons;
};

const SAID: Readonly<Record<WarningTrigger, readonly [string, string]>> = {
  MASS_READ: ['短时间内大量读取学生信息', 'An account read the data of very many pupils within an hour'],
  OFF_HOURS_EXPORT: [
    '非工作时间批量读取学生信息',
    'An account read many pupils at once outside of working hours',
  ],
  FAILED_LOGINS: ['账号多次登录被拒绝', 'An account was refused again and again'],
};

/** An early warning of registration security: on record where the text is in force, nothing elsewhere (PRV-08). */
export const judgeWarning = (facts: WarningFacts, on: IsoDate, place: LawPlace): Finding[] =>
  isReached(facts)
    ? findingIfInForce('PRV-08', {
        message: `学籍安全预警：${SAID[facts.trigger][0]}，请核实。`,
        messageEn: `${SAID[facts.trigger][1]}; look into it.`,
        remedy: '请向账号所在单位核实情况，处置后写明结论。',
        ownerLevel: 'COUNTY',
        on,
        place,
      })
    : [];
