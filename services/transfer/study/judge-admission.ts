import type { Party } from '#libs/law/transfer/parties.ts';
import { judgeStudyAdmission } from '#libs/law/transfer/study.ts';
import type { CaseRecord } from '../cases/case-record.ts';
import type { CaseFinding } from '../cases/own-finding.ts';
import type { Surroundings } from '../cases/situation.ts';

/** What the receiving county states with its approval of a study (TRF-37, ENR-25). */
export type StatedAdmission = { meetsPolicy: boolean; inPlan: boolean };

/** What stands against taking a graduate of another province in: asked of the receiving county, in its own step (W-11). */
export const judgeAdmissionOf = (
  party: Party,
  { kind, policyOn }: CaseRecord,
  stated: StatedAdmission | null | undefined,
  { target }: Pick<Surroundings, 'target'>,
): CaseFinding[] =>
  kind === 'CROSS_PROVINCE_STUDY' && party === 'TARGET_AUTHORITY'
    ? judgeStudyAdmission(stated ?? { meetsPolicy: false, inPlan: false }, policyOn, target.place)
    : [];
