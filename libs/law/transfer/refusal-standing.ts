import type { IsoDate } from '../dates.ts';
import { isInForce, type LawPlace } from '../finding.ts';

import { isCompulsory } from '../layers.ts';
import type { RuleId } from '../rule-id.ts';
import { mustBeGranted } from './grounds.ts';
import type { CaseKind } from './kinds.ts';
import { sideOf } from './parties.ts';
import type { TransferRefusalFacts } from './refusal.ts';
import type { LawfulRejectionReason } from './refusal-reasons.ts';

type Asked = { facts: TransferRefusalFacts; on: IsoDate; place: LawPlace };

/** Whether a reason stands in a case, for the party that gives it. */
type Standing = (asked: Asked, reason: LawfulRejectionReason) => boolean;

/**
 * Status, seats, days, counties, grades and papers are known: such a reason stands only while the law itself finds it in
 * the case, by the law of that party's own side or by what both sides share. So it fits the kind, the stage and the place.
 */
const found: Standing = ({ facts: { party, found } }, reason) =>
  found.some(
    ({ code, outcome, side }) =>
      code === reason &&
      (outcome === 'REJECT' || outcome === 'HOLD') &&
      (side === sideOf(party) || side === 'BOTH' || side === 'NATION'),
  );

/** People alone can see it: the word of either side counts. */
const word: Standing = () => true;

/** The receiving side's own judgement, where one of these rules of its place asks for it. */
const wordOfTarget =
  (rules: readonly RuleId[], concerns: (facts: TransferRefusalFacts) => boolean): Standing =>
  ({ facts, on }) =>
    sideOf(facts.party) === 'TARGET' &&
    concerns(facts) &&
    rules.some((rule) => isInForce(rule, on, facts.target.place, facts.target.stage));

const isVocational = ({ kind }: TransferRefusalFacts): boolean => kind === 'ORDINARY_VOCATIONAL_TRANSFER';

const isBetweenAlike = (kind: CaseKind): boolean =>
  kind === 'IN_PROVINCE_TRANSFER' || kind === 'CROSS_PROVINCE_TRANSFER';

const isOfCompulsory = ({ kind, target }: TransferRefusalFacts): boolean =>
  isBetweenAlike(kind) && isCompulsory(target.stage);

/** True where Beiguan's list has the ground, and it is proven: lack of ground is no reason then (TRF-12). */
export const isGrantedByList = (facts: TransferRefusalFacts, on: IsoDate): boolean =>
  isOfCompulsory(facts) &&
  isInForce('TRF-12', on, facts.target.place, facts.target.stage) &&
  mustBeGranted(facts.ground);

/** Why, by the law of the receiving place: TRF-10, TRF-12 and TRF-26. Where no text names grounds, none can be lacking. */
const lackOfGround: Standing = (asked, reason) =>
  !isGrantedByList(asked.facts, asked.on) &&
  (wordOfTarget(['TRF-10', 'TRF-12'], isOfCompulsory)(asked, reason) ||
    wordOfTarget(['TRF-26'], isVocational)(asked, reason));

/** TRF-11: between ordinary senior schools. */
const lackOfSeniorGround = wordOfTarget(
  ['TRF-11'],
  ({ kind, target }) => isBetweenAlike(kind) && target.stage === 'SENIOR',
);

/** What the receiving place asks of a graduate (TRF-37), or of who comes from a vocational school (TRF-28). */
const lackOfAdmission: Standing = (asked, reason) =>
  (asked.facts.kind === 'CROSS_PROVINCE_STUDY' && sideOf(asked.facts.party) === 'TARGET') ||
  wordOfTarget(['TRF-28'], isVocational)(asked, reason);

/** The sending school knows of a measure before the archive does, where one stops a transfer (TRF-19). */
const discipline: Standing = (asked, reason) => {
  const { facts, on, place } = asked;
  const isKnownAtSource = sideOf(facts.party) === 'SOURCE' && isInForce('TRF-19', on, place, facts.stage);
  return isKnownAtSource || found(asked, reason);
};

/**
 * The family applies to the receiving side and tells it (TRF-05). Who applied in the system withdraws there, which ends the
 * case: as long as it runs nobody has withdrawn.
 */
const withdrawal: Standing = ({ facts: { party, guardianApplied } }) =>
  sideOf(party) === 'TARGET' && !guardianApplied;

const STANDING: Readonly<Record<LawfulRejectionReason, Standing>> = {
  NO_PLACE_AVAILABLE: found,
  OUTSIDE_ACCEPTANCE_WINDOW: found,
  PRIVATE_SCHOOL_QUOTA_REVIEW: found,
  ADMISSION_CONDITION_NOT_MET: lackOfAdmission,
  NOT_THREE_YEAR_MAJOR: found,
  UNDER_AGE_CROSS_PROVINCE: found,
  GROUND_NOT_MET: lackOfGround,
  SENIOR_GROUND_NOT_MET: lackOfSeniorGround,
  GRADE_CHANGE_FORBIDDEN: found,
  GUARDIAN_WITHDREW: withdrawal,
  GRADE_TERM_CLOSED: found,
  SAME_ADMISSION_AREA: found,
  EXAM_REGISTRATION_CLOSED: found,
  SUSPENDED: found,
  UNDER_DISCIPLINE: discipline,
  REASON_PROOF_MISSING: found,
  PROOF_NOT_GENUINE: word,
  REGISTRATION_INFO_WRONG: word,
  OUTSIDE_VOCATIONAL_WINDOW: found,
  INTRA_DISTRICT_TRANSFER: found,
};

/**
 * What is left to the county of the graduating school: it answers for the pupil's data and for the proof that comes from
 * its schools. Whether and whom the other province admits is not its matter, "and the like" (TRF-36), and that the pupil
 * has graduated was judged at the start (ENR-27).
 */
const OF_STUDYS_SOURCE: ReadonlySet<LawfulRejectionReason> = new Set([
  'PROOF_NOT_GENUINE',
  'REGISTRATION_INFO_WRONG',
]);

/** Whether a party may give a lawful reason in this case, as things are known now. `place`: of the party. */
export const standsFor = (
  reason: LawfulRejectionReason,
  facts: TransferRefusalFacts,
  on: IsoDate,
  place: LawPlace,
): boolean => {
  const isStudysSource = facts.kind === 'CROSS_PROVINCE_STUDY' && sideOf(facts.party) === 'SOURCE';
  if (isStudysSource && !OF_STUDYS_SOURCE.has(reason)) return false;
  return STANDING[reason]({ facts, on, place }, reason);
};
