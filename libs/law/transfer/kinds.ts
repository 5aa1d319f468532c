import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import type { EnrollmentStatus } from '../enrollment/status.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';

/** What a case is about (TRF-35); each kind has its own function, windows and parties. */
export const CASE_KINDS = [
  'IN_PROVINCE_TRANSFER',
  'CROSS_PROVINCE_TRANSFER',
  'CROSS_PROVINCE_STUDY',
  'ORDINARY_VOCATIONAL_TRANSFER',
] as const;
export type CaseKind = (typeof CASE_KINDS)[number];

/** What decides about the kind at one school of a case. */
export type KindSide = {
  /** Six-digit code of the province that manages the school. */
  province: string;
  /** The stage in which the pupil is there, or would be. */
  stage: Stage;
  /** A secondary vocational class; a comprehensive senior class in such a school counts as ordinary. */
  vocational: boolean;
};

/** The pupil's status at the sending school, and the two schools. */
export type KindFacts = { status: EnrollmentStatus; source: KindSide; target: KindSide };

/** True when the two schools lie in different provinces, so that the file is called up (TRF-32). */
export const isAcrossProvinces = (facts: {
  source: { province: string };
  target: { province: string };
}): boolean => facts.source.province !== facts.target.province;

/**
 * The kind of case that the status, the provinces and the stages make (TRF-35, TRF-47); undefined where no case leads
 * there: a graduate inside the province goes on by admission (ENR-25), a pupil goes on to senior school only as a
 * graduate, and between vocational schools the registry has no business. Between primary and junior a pupil may be in
 * the same year of schooling, since systems differ (ENR-69).
 */
export const kindOf = ({ status, source, target }: KindFacts): CaseKind | undefined => {
  enforces('TRF-35');
  const across = isAcrossProvinces({ source, target });
  if (status === 'GRADUATED') return across && goesOn(source, target) ? 'CROSS_PROVINCE_STUDY' : undefined;
  if (source.vocational !== target.vocational) {
    const bothSenior = source.stage === 'SENIOR' && target.stage === 'SENIOR';
    return bothSenior ? 'ORDINARY_VOCATIONAL_TRANSFER' : undefined;
  }
  if (source.vocational || !sharesStage(source.stage, target.stage)) return undefined;
  return across ? 'CROSS_PROVINCE_TRANSFER' : 'IN_PROVINCE_TRANSFER';
};

const sharesStage = (a: Stage, b: Stage): boolean => a === b || (isCompulsory(a) && isCompulsory(b));

const goesOn = (source: KindSide, target: KindSide): boolean => {
  if (source.vocational || target.vocational) return false;
  if (source.stage === 'PRIMARY') return isCompulsory(target.stage);
  return source.stage === 'JUNIOR' && target.stage === 'SENIOR';
};

/**
 * The kind that was chosen is the one that the facts make. Cross-province study is never merged with a transfer
 * (TRF-35); between the transfers Beiguan tells its schools to choose the right entry (TRF-47). Whether somebody for
 * whom study was chosen has graduated is for `judgeTransferStatus`.
 */
export const judgeCaseKind = (
  facts: KindFacts & { chosen: CaseKind },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const { chosen, target } = facts;
  const isStudy = chosen === 'CROSS_PROVINCE_STUDY';
  const right = kindOf(isStudy ? { ...facts, status: 'GRADUATED' } : facts);
  if (right === chosen) return [];
  const spec: FindingSpec = {
    code: 'WRONG_CASE_KIND',
    outcome: 'REJECT',
    message: right
      ? `所选业务类型有误，应办理“${KIND_NAMES[right]}”。`
      : '按学生状态和双方学校，不属于可以办理的转学或跨省就学业务。',
    messageEn: right ? `The case is of kind ${right}.` : 'No case of this service leads there.',
    path: ['kind'],
    remedy: right ? `请改选“${KIND_NAMES[right]}”后发起。` : remedyWithoutKind(facts),
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage: target.stage,
  };
  const betweenTransfers = !isStudy && right !== undefined && right !== 'CROSS_PROVINCE_STUDY';
  return prevailing(
    betweenTransfers ? findingIfInForce('TRF-47', spec) : [],
    findingIfInForce('TRF-35', spec),
    findingIfInForce('TRF-02', spec),
  );
};

const remedyWithoutKind = ({ status, source, target }: KindFacts): string => {
  if (status === 'GRADUATED' && source.province === target.province) {
    return '省内升学不办转学：请升入学校按招生录取办理学籍转接。';
  }
  if (status === 'GRADUATED') return '请核对升入学校的学段；学前儿童升入小学按新生入学办理。';
  return '跨学段就读的，请待学生毕业后按升学或跨省就学办理。';
};

/** The kinds as clerks call them. */
export const KIND_NAMES: Readonly<Record<CaseKind, string>> = {
  IN_PROVINCE_TRANSFER: '省内转学',
  CROSS_PROVINCE_TRANSFER: '跨省转学',
  CROSS_PROVINCE_STUDY: '毕业后跨省就学',
  ORDINARY_VOCATIONAL_TRANSFER: '普职互转',
};
