import type { Finding } from '#libs/law/finding.ts';
import type { Party } from '#libs/law/transfer/parties.ts';
import { judgePrivateSchoolReview } from '#libs/law/transfer/private-school.ts';
import {
  isOrdinarySenior,
  judgeSeniorGround,
  judgeVocationalGround,
} from '#libs/law/transfer/senior-grounds.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { Surroundings } from '../cases/situation.ts';
import { groundOf } from '../cases/start-facts.ts';
import { statedOf } from '../cases/stated.ts';
import type { Deciding } from './decide-step.ts';

type Review = {
  party: Party;
  asked: Pick<Deciding, 'weighed' | 'conditionsChecked' | 'comparableLevel'>;
  record: CaseRecord;
  around: Surroundings;
};

/**
 * What both authorities of a private school have to weigh before they let a pupil in, each in its own decision (TRF-25,
 * ORG-29); graduates who go on elsewhere come by the plan (ENR-25). That both approve is for the order of the case.
 */
const weighing = ({ party, asked, record, around: { target, today } }: Review): Finding[] =>
  record.kind !== 'CROSS_PROVINCE_STUDY' &&
  (party === 'TARGET_AUTHORITY' || party === 'TARGET_COMPETENT_AUTHORITY')
    ? judgePrivateSchoolReview(
        {
          ownership: target.school.ownership,
          stage: record.target.stage,
          competentAuthorityApproved: true,
          registryAuthorityApproved: true,
          weighed: asked.weighed ?? [],
        },
        today,
        target.place,
      )
    : [];

/**
 * Between senior and vocational schools the receiving school states that the conditions are met, and for an ordinary senior
 * school those of admission; the receiving authority checks what it has stated before it approves (TRF-26, TRF-28).
 */
const checking = ({ party, asked, record, around: { target, today } }: Review): Finding[] => {
  if (party !== 'TARGET_AUTHORITY' || record.kind !== 'ORDINARY_VOCATIONAL_TRANSFER') return [];
  const isChecked = asked.conditionsChecked === true;
  const toVocational = target.school.kind === 'VOCATIONAL';
  const facts = { conditionsMet: isChecked, admissionConditionMet: isChecked, toVocational };
  return judgeVocationalGround(facts, today, target.place).map((finding) => ({
    ...finding,
    message: `转入地学籍主管部门尚未核实：${finding.message}`,
    messageEn: `The receiving authority has not checked it: ${finding.messageEn}`,
    path: ['conditionsChecked'],
    ownerLevel: 'COUNTY',
  }));
};

/** Between ordinary senior schools the receiving authority states that their levels are comparable (TRF-11). */
const comparing = ({ party, asked, record, around: { target } }: Review): Finding[] => {
  const { kind, source, policyOn } = record;
  const stages = { source: source.stage, target: record.target.stage };
  if (party !== 'TARGET_AUTHORITY' || !isOrdinarySenior(kind, stages)) return [];
  const ground = groundOf(record, statedOf(record));
  const facts = { ...ground, comparableLevel: asked.comparableLevel ?? ground.comparableLevel };
  return judgeSeniorGround(facts, policyOn, target.place).map((finding) => ({
    ...finding,
    path: ['comparableLevel'],
    ownerLevel: 'COUNTY',
  }));
};

/** What an authority has left open that the law asks it to look at: nothing is approved before. */
export const reviewOf = (review: Review): CaseFinding[] =>
  [...weighing(review), ...checking(review), ...comparing(review)].map((finding) => ({
    ...finding,
    outcome: 'REJECT',
  }));
