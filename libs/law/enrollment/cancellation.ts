import type { IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { prevailing } from './prevailing.ts';

/** Why somebody is away without the registration ending (mark `awayReason`). */
export type AwayReason = 'MISSING' | 'CRIMINAL_DETENTION' | 'OTHER';

/** Why a registration is to be cancelled. Whatever is not a death is refused; the others steer the remedy. */
export type CancellationReason = 'DEATH' | 'AWAY' | 'DUPLICATE' | 'DROPOUT' | 'OTHER';

/** A registration that somebody wants to cancel. */
export type CancellationFacts = {
  stage: Stage;
  reason: CancellationReason;
  /** The pupil is suspended. */
  suspended: boolean;
};

/**
 * Death alone cancels a registration (ENR-64: the province may name more, and no known text does), judged further by
 * `judgeDeath`. Being missing or detained never does (ENR-62), nor does a suspension (ENR-43). Before the 2025 measure
 * the texts on death stand for it (ENR-63). Owner is who decides on what may be done instead.
 */
export const judgeCancellation = (facts: CancellationFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.reason === 'DEATH') return [];
  const where = { on, place, stage: facts.stage };
  return [
    ...(facts.reason === 'AWAY' ? awayKept(where) : []),
    ...(facts.suspended ? suspendedKept(where) : []),
    ...notAReason(facts.reason, where),
  ];
};

/** A missing or detained pupil is reported to the competent authority at once; until then it is on record (ENR-62). */
export const judgeAwayReport = (
  facts: { stage: Stage; reportedToAuthority: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.reportedToAuthority
    ? []
    : findingIfInForce('ENR-62', {
        code: 'AWAY_NOT_REPORTED',
        outcome: 'RECORD',
        message: '学生失踪或被刑事拘留等离校，尚未上报主管教育行政部门。',
        messageEn: 'The missing or detained pupil has not been reported to the competent authority.',
        remedy: '请立即上报；学籍保留。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      });

type Where = { on: IsoDate; place: LawPlace; stage: Stage };

const awayKept = (where: Where): Finding[] =>
  findingIfInForce('ENR-62', {
    message: '学生失踪或被刑事拘留等原因离校的，不得取消学籍。',
    messageEn: 'The registration of a missing or detained pupil is not cancelled.',
    path: ['reason'],
    remedy: '请登记离校原因并上报，学籍保留；有死亡证明的按死亡办理。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const suspendedKept = (where: Where): Finding[] =>
  findingIfInForce('ENR-43', {
    message: '学生休学期间，学校应保留其学籍。',
    messageEn: 'The registration is kept throughout the suspension.',
    path: ['status'],
    remedy: '请保留学籍；休学期满后办理复学或继续休学。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const notAReason = (reason: CancellationReason, where: Where): Finding[] => {
  const said: FindingSpec = {
    code: 'CANCELLATION_REASON_NOT_ALLOWED',
    outcome: 'REJECT',
    message: '除学生死亡外，现行规定没有注销学籍的其他情形。',
    messageEn: 'No text in force cancels a registration for any reason but death.',
    path: ['reason'],
    remedy: INSTEAD[reason],
    ownerLevel: 'SCHOOL',
    ...where,
  };
  return prevailing(findingIfInForce('ENR-64', said), findingIfInForce('ENR-63', said));
};

const INSTEAD: Record<CancellationReason, string> = {
  DEATH: '请按学生死亡办理。',
  AWAY: '请登记离校原因，学籍保留。',
  DUPLICATE: '请按问题学籍办理重复学籍。',
  DROPOUT: '请作辍学标识，学籍保留，劝返复学。',
  OTHER: '请按实际情况办理转学、休学、出境、退学（普通高中）等业务。',
};
