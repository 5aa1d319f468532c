import type { IsoDate } from '../dates.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { judgeEra } from '../organization/policy-version.ts';
import { carriedBy } from './carried-by.ts';
import { localTextWarnings } from './local-text.ts';
import { prevailing } from './prevailing.ts';
import { hasCountyProof, type Proof } from './proof.ts';
import { isSickness, type SuspensionCause } from './suspension-grounds.ts';

/** Kinds of papers that come with a resumption (form F2). */
export type ResumptionProofKind =
  | 'FITNESS_CERTIFICATE'
  | 'HOSPITAL_RECORD'
  | 'DIAGNOSIS_CERTIFICATE'
  | 'OTHER_VALID_PROOF';

/** The grade a pupil comes back to: the one left, or the one the former classmates are in. */
export type ResumeGrade = 'ORIGINAL_GRADE' | 'CORRESPONDING_GRADE';

/** An application to come back (form F2). */
export type ResumptionFacts = {
  stage: Stage;
  /** The ground of the suspension that ends, and for LONG_LEAVE the kind of leave. */
  ground: SuspensionCause;
  leaveKind?: 'SICK' | 'OTHER';
  /** The last day of that suspension. */
  endsOn: IsoDate;
  appliedOn: IsoDate;
  /** The guardian's application is on file; in Shanxi on the form of Annex 2. */
  writtenApplication: boolean;
  proofs: readonly Proof<ResumptionProofKind>[];
  resumeGrade: ResumeGrade;
  /** The former classmates have left the stage, so that no grade corresponds. */
  classmatesLeftStage: boolean;
};

/**
 * Coming back after a suspension. Shanxi: form and proof, at the end of the period, an earlier return is held (ENR-47,
 * CF-40). Beiguan: at any time, after sickness with a hospital's certificate of fitness (ENR-49). Elsewhere the nation
 * asks only that the school handles it promptly.
 */
export const judgeResumption = (facts: ResumptionFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const tooEarly = judgeEra(on, place);
  if (tooEarly.length > 0) return tooEarly;
  const where = { on, place, stage: facts.stage };
  const complete = facts.writtenApplication && facts.proofs.length > 0;
  return [
    ...localTextWarnings(on, place, facts.stage),
    ...judgeApplication(facts, where),
    ...(complete ? [] : proofMissing(facts, where)),
    ...(facts.appliedOn < facts.endsOn ? beforeEnd(facts, where) : []),
    ...judgeFitness(facts, where),
    ...judgeGrade(facts, where),
  ];
};

/**
 * The grade that a choice comes to, each counted within the stage from 1; undefined where none corresponds. Taking up
 * the former grade again is resumption and no repeating (ENR-36).
 */
export const resumptionGrade = (
  choice: ResumeGrade,
  grades: { original: number; classmates: number; last: number },
): number | undefined => {
  if (choice === 'ORIGINAL_GRADE') return grades.original;
  return grades.classmates <= grades.last ? grades.classmates : undefined;
};

type Where = { on: IsoDate; place: LawPlace; stage: Stage };

/** Beiguan: the guardian applies (ENR-49); Shanxi's form is a paper of ENR-47; elsewhere no text asks for it. */
const judgeApplication = ({ writtenApplication }: ResumptionFacts, where: Where): Finding[] => {
  if (writtenApplication || !asksPupil(where)) return [];
  return findingIfInForce('ENR-49', {
    code: 'RESUMPTION_APPLICATION_MISSING',
    outcome: 'REJECT',
    message: '复学须由父母或其他法定监护人向学校提出申请。',
    messageEn: 'The guardian applies to the school for the resumption.',
    path: ['applicationForm'],
    remedy: '请监护人提出复学申请。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });
};

const proofMissing = ({ writtenApplication }: ResumptionFacts, where: Where): Finding[] =>
  findingIfInForce('ENR-47', {
    message: writtenApplication
      ? '复学申请缺少相关证明材料。'
      : '缺少监护人填写的《休学、复学申请表》或证明材料。',
    messageEn: 'The application form or the proof for the resumption is missing.',
    path: [writtenApplication ? 'proofs' : 'applicationForm'],
    remedy: '请监护人补充；因病休学的可提供医院材料。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });

const beforeEnd = ({ endsOn }: ResumptionFacts, where: Where): Finding[] =>
  findingIfInForce('ENR-47', {
    code: 'RESUMPTION_BEFORE_END',
    outcome: 'HOLD',
    message: `休学到${endsOn}结束，提前复学须由主管部门决定。`,
    messageEn: `The suspension ends on ${endsOn}; an earlier return is for the authority to decide.`,
    path: ['appliedOn'],
    remedy: '请学校说明学生情况，由学籍主管部门写明理由决定。',
    ownerLevel: 'COUNTY',
    ...where,
  });

const judgeFitness = (facts: ResumptionFacts, where: Where): Finding[] => {
  if (!isSickness(facts) || !asksPupil(where)) return [];
  if (hasCountyProof(facts.proofs, ['FITNESS_CERTIFICATE'])) return [];
  return findingIfInForce('ENR-49', {
    message: '因病休学的，复学须有县级以上医院认定治愈或可以正常学习的证明。',
    messageEn: 'After sickness a county-level or higher hospital certifies cure or fitness.',
    path: ['proofs'],
    remedy: '请监护人提供医院证明。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });
};

/** What the pupil has to bring is Beiguan's alone; the nation's part of ENR-49 speaks to the school. */
const asksPupil = ({ on, place, stage }: Where): boolean => carriedBy('ENR-49', ['BG'], on, place, stage);

const judgeGrade = ({ resumeGrade, classmatesLeftStage }: ResumptionFacts, where: Where): Finding[] => {
  if (resumeGrade === 'ORIGINAL_GRADE' || !classmatesLeftStage) return [];
  return prevailing(
    findingIfInForce('ENR-47', noSuchGrade(where)),
    findingIfInForce('ENR-49', noSuchGrade(where)),
  );
};

const noSuchGrade = (where: Where): FindingSpec => ({
  code: 'RESUMPTION_GRADE_NOT_ALLOWED',
  outcome: 'REJECT',
  message: '原同级学生已离开本学段，没有对应年级。',
  messageEn: 'The former classmates have left the stage; no grade corresponds.',
  path: ['resumeGrade'],
  remedy: '请选择回原年级就读。',
  ownerLevel: 'SCHOOL',
  ...where,
});
