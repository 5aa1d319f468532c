import type { IsoDate } from '../dates.ts';
import { judgeRefusal } from '../enrollment/lawful-refusal.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { GroundFacts } from './grounds.ts';
import type { CaseKind } from './kinds.ts';
import { type Party, sideOf } from './parties.ts';
import { isLawfulReason, isReasonOfTarget, type RejectionReason } from './refusal-reasons.ts';
import { isGrantedByList, standsFor } from './refusal-standing.ts';
import type { FindingSide } from './sides.ts';

/** A party that wants to refuse its step. */
export type TransferRefusalFacts = {
  kind: CaseKind;
  party: Party;
  /** The pupil's stage at the school of that party's side. */
  stage: Stage;
  /** The receiving school: grounds and conditions of admission are judged by its law, whoever refuses. */
  target: { place: LawPlace; stage: Stage };
  /** Codes of `REJECTION_REASONS`; a text beside them is for people to read. */
  reasons: readonly string[];
  ground: GroundFacts;
  /** The guardian has applied in the system, and would withdraw there as well. */
  guardianApplied: boolean;
  /** What stands against the case as things are now, by the law that the case keeps (`judgeTransferStart`). */
  found: readonly (Pick<Finding, 'code' | 'outcome'> & { side?: FindingSide })[];
};

/**
 * Refuses the refusal. It names a reason of the closed list (TRF-52; outside Shanxi the list rests on TRF-36 for study,
 * else on TRF-02, ours), and each reason it names is one that this party may give, of this case: never a forbidden one
 * (ID-06, ENR-05, ENR-32, TRF-22, TRF-36), never lack of ground where Beiguan must grant (TRF-12), nothing that is the
 * receiving side's to judge from the sending side, and nothing that is not so (`standsFor`). An empty list lets the
 * refusal stand. `place`: of the party.
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
  if (standsFor(reason, facts, where.on, where.place)) return [];
  if (reason === 'GROUND_NOT_MET' && isGrantedByList(facts, where.on)) return mustGrant(where);
  return isReasonOfTarget(reason) && sideOf(facts.party) === 'SOURCE' ? ofTheOtherSide(where) : notSo(where);
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

const notSo = (where: Where): Finding[] => {
  const spec = illegal(where, {
    message: '该理由不适用于本业务或本环节，或与学籍、学位、时段等已知情况不符，不得据以驳回。',
    messageEn: 'The reason is none of this case or step, or what is known of the case says otherwise.',
    remedy: '请核对后核办；确有其他法定理由的，请另选。',
  });
  return prevailing(
    isOfStudysSource(where.facts) ? findingIfInForce('TRF-36', spec) : [],
    findingIfInForce('TRF-52', spec),
    findingIfInForce('TRF-02', spec),
  );
};

const isOfStudysSource = ({ kind, party }: TransferRefusalFacts): boolean =>
  kind === 'CROSS_PROVINCE_STUDY' && sideOf(party) === 'SOURCE';

/** Beiguan alone lists what must be granted; whoever refuses, the list of the receiving place counts. */
const mustGrant = (where: Where): Finding[] => {
  const { place, stage } = where.facts.target;
  const spec = illegal(where, {
    message: '该生属于应准予转学的情形且已证明，不得以不符合转学条件为由驳回。',
    messageEn: 'The ground is one that must be granted, and it is proven.',
    remedy: '请予以核办。',
  });
  return findingIfInForce('TRF-12', { ...spec, place, stage });
};

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
