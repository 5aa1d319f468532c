import type { IsoDate } from '../dates.ts';
import { judgeRefusal } from '../enrollment/lawful-refusal.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { type GroundFacts, mustBeGranted } from './grounds.ts';
import type { CaseKind } from './kinds.ts';
import { type Party, sideOf } from './parties.ts';
import { isLawfulReason, isReasonOfTarget, type RejectionReason } from './refusal-reasons.ts';

/** A party that wants to refuse its step. */
export type TransferRefusalFacts = {
  kind: CaseKind;
  party: Party;
  /** The pupil's stage at the school of that party's side. */
  stage: Stage;
  /** Codes of `REJECTION_REASONS`; a text beside them is for people to read. */
  reasons: readonly string[];
  ground: GroundFacts;
};

/**
 * Refuses the refusal. It names a reason of the closed list (TRF-52; outside Shanxi the list rests on TRF-36 for study,
 * else on TRF-02, ours), and each reason it names is one that this party may give: never a forbidden one (ID-06, ENR-05,
 * ENR-32, TRF-22, TRF-36), never lack of ground where Beiguan must grant (TRF-12), and nothing that is the receiving
 * side's to judge from the sending side. An empty list lets the refusal stand. `place`: of the party.
 */
export const judgeTransferRefusal = (
  facts: TransferRefusalFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const reasons = [...new Set(facts.reasons)];
  const where: Where = { facts, on, place };
  if (reasons.length === 0) return required(where);
  return [
    ...judgeRefusal(reasons, on, place).map((finding) => ({ ...finding, path: REASONS })),
    ...reasons.flatMap((reason) => judgeReason(reason, where)),
  ];
};

type Where = { facts: TransferRefusalFacts; on: IsoDate; place: LawPlace };

const REASONS = ['reasons'];

/** Judged by `judgeRefusal` already. */
const OF_EVERY_BUSINESS: ReadonlySet<string> = new Set<RejectionReason>([
  'TEMPORARY_NUMBER',
  'NO_REGISTRATION',
  'REGISTRATION_NOT_ARRIVED',
  'PROBLEM_RECORD_OPEN',
]);

const judgeReason = (reason: string, where: Where): Finding[] => {
  const { facts } = where;
  if (OF_EVERY_BUSINESS.has(reason)) return [];
  if (reason === 'FURTHER_MATERIAL_MISSING') return furtherMaterial(where);
  if (reason === 'SUSPECTED_IRREGULAR_ADMISSION' || reason === 'SCORE_BELOW_TARGET_REQUIREMENT') {
    return ofTheOtherSide(where);
  }
  if (!isLawfulReason(reason)) return required(where);
  if (isReasonOfTarget(reason) && sideOf(facts.party) === 'SOURCE') return ofTheOtherSide(where);
  return reason === 'GROUND_NOT_MET' && mustBeGranted(facts.ground) ? mustGrant(where) : [];
};

const illegal = (
  { facts, on, place }: Where,
  said: Pick<FindingSpec, 'message' | 'messageEn' | 'remedy'>,
): FindingSpec => ({
  code: 'ILLEGAL_REJECTION_REASON',
  outcome: 'REJECT',
  ...said,
  path: REASONS,
  ownerLevel: facts.party.endsWith('SCHOOL') ? 'SCHOOL' : 'COUNTY',
  on,
  place,
  stage: facts.stage,
});

const furtherMaterial = (where: Where): Finding[] => {
  const spec = illegal(where, {
    message: '不得以未提供其他材料为由不予办理转学。',
    messageEn: 'A paper that was not to be asked for is no reason to refuse a transfer.',
    remedy: '家长只须提供学籍准确信息和转学原因证明，请据此核办。',
  });
  return prevailing(findingIfInForce('TRF-22', spec), findingIfInForce('TRF-02', spec));
};

const ofTheOtherSide = (where: Where): Finding[] => {
  const study = where.facts.kind === 'CROSS_PROVINCE_STUDY';
  const spec = illegal(where, {
    message: study
      ? '不得以接收省份可能违规招生、学生分数未达要求等理由驳回。'
      : '该理由不属于本环节可以驳回的情形，接收条件由转入方判断。',
    messageEn: 'What the receiving side demands or may have done is not for this party to judge.',
    remedy: study ? '外省同意接收的，请及时核办。' : '请按本环节核实的情况核办，或另选法定理由。',
  });
  return prevailing(
    study ? findingIfInForce('TRF-36', spec) : [],
    findingIfInForce('TRF-52', spec),
    findingIfInForce('TRF-02', spec),
  );
};

/** Beiguan alone lists what must be granted; elsewhere the finding does not arise. */
const mustGrant = (where: Where): Finding[] =>
  findingIfInForce(
    'TRF-12',
    illegal(where, {
      message: '该生属于应准予转学的情形且已证明，不得以不符合转学条件为由驳回。',
      messageEn: 'The ground is one that must be granted, and it is proven.',
      remedy: '请予以核办。',
    }),
  );

const required = ({ facts, on, place }: Where): Finding[] => {
  const spec: FindingSpec = {
    code: 'REJECTION_REASON_REQUIRED',
    outcome: 'REJECT',
    message: '驳回须从法定理由清单中选明理由。',
    messageEn: 'A refusal names a reason of the closed list.',
    path: REASONS,
    remedy: '请选择驳回理由；没有清单所列情形的，应予同意。',
    ownerLevel: facts.party.endsWith('SCHOOL') ? 'SCHOOL' : 'COUNTY',
    on,
    place,
    stage: facts.stage,
  };
  return prevailing(
    findingIfInForce('TRF-52', spec),
    facts.kind === 'CROSS_PROVINCE_STUDY' ? findingIfInForce('TRF-36', spec) : [],
    findingIfInForce('TRF-02', spec),
  );
};
