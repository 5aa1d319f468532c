import { shanghaiDate } from '#libs/law/dates.ts';
import { type Finding, finding } from '#libs/law/finding.ts';
import { type Duration, days } from '#libs/law/parameters/parameter.ts';

/** How long before it takes effect a promotion must be entered (ours, on ENR-28): everybody learns of it in time. */
export const PROMOTION_LEAD: Duration = days(14);

const DAY = 24 * 3600_000;
const NATION = { province: '000000' };

export type PromotionToSet = { schoolYear: number; effectiveAt: Date };

/** What the decision looks up: the time, and when the promotion takes effect as things stand. */
export type PromotionContext = { now: Date; standing: Date };

/**
 * Judges a new instant for the nationwide promotion into a school year (ENR-28): one that has taken effect stays,
 * a new one lies in the calendar year in which the school year begins and far enough ahead. All reasons at once.
 */
export function judgePromotion(
  { schoolYear, effectiveAt }: PromotionToSet,
  { now, standing }: PromotionContext,
): Finding[] {
  const lead = effectiveAt.getTime() - now.getTime();
  const year = Number(shanghaiDate(effectiveAt).slice(0, 4));
  return [
    ...(standing <= now ? [taken(now)] : []),
    ...(lead < PROMOTION_LEAD.amount * DAY ? [notAhead(now)] : []),
    ...(year === schoolYear ? [] : [outsideYear(now)]),
  ];
}

const common = (now: Date, path: string) => ({
  outcome: 'REJECT' as const,
  path: [path],
  ownerLevel: 'MINISTRY' as const,
  on: shanghaiDate(now),
  place: NATION,
});

const taken = (now: Date): Finding =>
  finding('ENR-28', {
    code: 'PROMOTION_ALREADY_EFFECTIVE',
    message: '该学年的统一升级已经生效，不能再变更。',
    messageEn: 'The promotion into this school year has taken effect and stays.',
    remedy: '请核对学年。',
    ...common(now, 'schoolYear'),
  });

const notAhead = (now: Date): Finding =>
  finding('ENR-28', {
    code: 'PROMOTION_NOT_AHEAD',
    message: `统一升级时点须至少提前${PROMOTION_LEAD.amount}天登记。`,
    messageEn: `A promotion is entered at least ${PROMOTION_LEAD.amount} days ahead.`,
    remedy: '请另定较晚的时点。',
    ...common(now, 'effectiveAt'),
  });

const outsideYear = (now: Date): Finding =>
  finding('ENR-28', {
    code: 'PROMOTION_OUTSIDE_YEAR',
    message: '统一升级时点须在该学年开始的当年之内。',
    messageEn: 'The promotion lies in the calendar year in which the school year begins.',
    remedy: '请核对学年与时点。',
    ...common(now, 'effectiveAt'),
  });
