import type { IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { requireValue } from '../resolve.ts';
import { type DateSpan, exceedsTotal, spanEnd } from './suspended-time.ts';

/** How long a suspension is to be, and when it falls. */
export type SuspensionLengthFacts = {
  stage: Stage;
  /** First and last day asked for. */
  period: DateSpan;
  /** Senior stage: the approved suspensions so far, each to the day on which it really ended. */
  earlier: readonly DateSpan[];
  /** The pupil is in the graduating grade of the stage on the first day. */
  graduatingGrade: boolean;
  /** Term of the school year in which the first day lies; one in the winter vacation counts to term 2 (ours). */
  term: 1 | 2;
};

/**
 * One application covers at most a year (ENR-44; a lengthening in Beiguan is a new application, CF-09), a senior
 * pupil's suspensions together two years (ENR-45, Shanxi), and near graduation there is none (ENR-46, Shanxi: held in
 * the second term of primary and junior, refused in the senior graduating grade).
 */
export const judgeSuspensionLength = (
  facts: SuspensionLengthFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const where = { on, place, stage: facts.stage };
  const { from, to } = facts.period;
  if (to < from) return [endsBeforeItBegins(where), ...judgeGraduatingGrade(facts, where)];
  return [
    ...judgeOneApplication(facts, where),
    ...judgeTotal(facts, where),
    ...judgeGraduatingGrade(facts, where),
  ];
};

type Where = { on: IsoDate; place: LawPlace; stage: Stage };

const endsBeforeItBegins = (where: Where): Finding =>
  finding('ENR-39', {
    code: 'SUSPENSION_PERIOD_INVALID',
    outcome: 'REJECT',
    message: '休学结束日期早于开始日期。',
    messageEn: 'The suspension would end before it begins.',
    path: ['suspendTo'],
    remedy: '请更正休学起止日期。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const judgeOneApplication = ({ period }: SuspensionLengthFacts, where: Where): Finding[] => {
  const most = requireValue('suspensionMaxPerApplication', where.place, where.on, { stage: where.stage });
  if (!most) return [];
  const last = spanEnd(period.from, most);
  return period.to <= last
    ? []
    : findingIfInForce('ENR-44', {
        message: `一次申请休学不超过1年，最晚到${last}（含当日）。`,
        messageEn: `One application covers at most one year, here until ${last}.`,
        path: ['suspendTo'],
        remedy: '请缩短期限；期满后确需继续休学的，重新申请。',
        ownerLevel: 'SCHOOL',
        ...where,
      });
};

const judgeTotal = ({ stage, period, earlier }: SuspensionLengthFacts, where: Where): Finding[] => {
  if (stage !== 'SENIOR') return [];
  const most = requireValue('suspensionMaxTotalSenior', where.place, where.on, { stage });
  return most && exceedsTotal([...earlier, period], most)
    ? findingIfInForce('ENR-45', {
        message: '普通高中学生累计休学不超过两年，本次申请后将超过。',
        messageEn: 'With this suspension the senior pupil would be suspended for over two years in all.',
        path: ['suspendTo'],
        remedy: '请缩短期限；确不宜继续在校学习的，可按退学情形办理。',
        ownerLevel: 'SCHOOL',
        ...where,
      })
    : [];
};

const judgeGraduatingGrade = (
  { stage, graduatingGrade, term }: SuspensionLengthFacts,
  where: Where,
): Finding[] => {
  if (!graduatingGrade) return [];
  const rule = requireValue('suspensionGraduatingGrade', where.place, where.on, { stage });
  if (rule === 'GRADE_REJECT') return findingIfInForce('ENR-46', { ...GRADE, ...where });
  return rule === 'TERM_2_HOLD' && term === 2 ? findingIfInForce('ENR-46', { ...TERM, ...where }) : [];
};

type Said = Omit<FindingSpec, keyof Where>;

const TERM: Said = {
  code: 'SUSPENSION_GRADUATING_TERM',
  outcome: 'HOLD',
  message: '小学、初中毕业年级第二学期原则上不办理休学。',
  messageEn: 'In principle nobody is suspended in the second term of the graduating grade.',
  path: ['suspendFrom'],
  remedy: '确需休学的，由学籍主管部门写明理由决定。',
  ownerLevel: 'COUNTY',
};

const GRADE: Said = {
  code: 'SUSPENSION_GRADUATING_GRADE',
  outcome: 'REJECT',
  message: '普通高中毕业年级不办理休学。',
  messageEn: 'Nobody is suspended in the graduating grade of senior school.',
  path: ['suspendFrom'],
  remedy: '请按请假办理；不能坚持学习的，可由监护人申请退学。',
  ownerLevel: 'SCHOOL',
};
