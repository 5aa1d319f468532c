import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import type { CaseKind } from './case-steps.ts';
import { type Authority, type Concerned, TICKET_LEVELS, type TicketLevel, wayOfJudge } from './scope.ts';
import type { Department } from './slip.ts';

/** To whom a ticket goes that a late step opens: the lowest authority above who is late, or one of at least that level. */
export const LATE_STEP_LEVELS = ['LOWEST', 'CITY', 'PROVINCE'] as const;
export type LateStepLevel = (typeof LATE_STEP_LEVELS)[number];

/** Fewest and most working days of delay after which a step may open a ticket (ours). */
export const LATE_STEP_DAYS = { from: 1, to: 60 } as const;

/** A clock under the policy of a province: after how many working days of delay a late step opens a ticket, and at which level. */
export type LateStepClock = { clock: CaseKind; afterWorkingDays: number; level: LateStepLevel };

/** A policy that somebody wants to set. */
export type LatePolicyFacts = { department: Department | null; clocks: readonly LateStepClock[] };

/**
 * Everything that stands against a policy on late steps, told at once: it is set by the administrative department of the province
 * (TKT-08), names each clock once, and days within bounds (TKT-01; ours).
 */
export const judgeLatePolicy = (
  { department, clocks }: LatePolicyFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const common = { outcome: 'REJECT' as const, ownerLevel: 'PROVINCE' as const, on, place };
  const twice = clocks.flatMap(({ clock }, at) =>
    clocks.findIndex((each) => each.clock === clock) < at ? [at] : [],
  );
  const outside = clocks.flatMap(({ afterWorkingDays: days }, at) =>
    days < LATE_STEP_DAYS.from || days > LATE_STEP_DAYS.to ? [at] : [],
  );
  return [
    ...(department === 'ADMINISTRATIVE'
      ? []
      : [
          finding('TKT-08', {
            ...common,
            code: 'ISSUER_MUST_BE_ADMINISTRATIVE',
            message: '逾期督办规则由省级行政部门设定。',
            messageEn: 'The policy is set by the administrative department of the province.',
            path: ['clocks'],
            remedy: '请由行政部门设定。',
          }),
        ]),
    ...twice.map((at) =>
      finding('TKT-01', {
        ...common,
        code: 'LATE_STEP_CLOCK_TWICE',
        message: '同一类业务只能设定一次。',
        messageEn: 'A clock is named more than once.',
        path: ['clocks', String(at), 'clock'],
        remedy: '请删除重复的一项。',
      }),
    ),
    ...outside.map((at) =>
      finding('TKT-01', {
        ...common,
        code: 'LATE_STEP_DAYS_OUT_OF_BOUNDS',
        message: `逾期工作日数须在${LATE_STEP_DAYS.from}至${LATE_STEP_DAYS.to}之间。`,
        messageEn: `Working days of delay lie between ${LATE_STEP_DAYS.from} and ${LATE_STEP_DAYS.to}.`,
        path: ['clocks', String(at), 'afterWorkingDays'],
        remedy: '请另填工作日数。',
      }),
    ),
  ];
};

const rankOf = (level: TicketLevel): number => TICKET_LEVELS.indexOf(level);

/**
 * Who takes up a step that is late: the lowest authority above who is late (TKT-01, ORG-20), or the lowest of at least the level that
 * the policy names. Undefined where nobody stands above.
 */
export const lateStepAuthority = (late: Concerned, level: LateStepLevel): Authority | undefined => {
  const above = wayOfJudge(late);
  const fit = level === 'LOWEST' ? above : above.filter((each) => rankOf(each.level) >= rankOf(level));
  return fit.at(-1);
};
