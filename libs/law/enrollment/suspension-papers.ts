import type { IsoDate } from '../dates.ts';
import {
  type Finding,
  type FindingSpec,
  finding,
  findingIfInForce,
  isInForce,
  type LawPlace,
} from '../finding.ts';
import type { Stage } from '../layers.ts';
import { hasCountyProof, type Proof } from './proof.ts';
import { isSickness, type SuspensionCause } from './suspension-grounds.ts';

/** Kinds of papers that come with a suspension (form F2). */
export type SuspensionProofKind =
  | 'HOSPITAL_RECORD'
  | 'INPATIENT_RECORD'
  | 'DIAGNOSIS_CERTIFICATE'
  | 'OTHER_VALID_PROOF'
  | 'PUBLIC_SECURITY_PROOF'
  | 'CIVIL_AFFAIRS_PROOF'
  | 'OTHER_DEPARTMENT_PROOF'
  | 'LEAVE_FORM';

/** Who applies, and which papers are on file. */
export type SuspensionPaperFacts = {
  stage: Stage;
  /** A school for special education: Beiguan asks its pupils for the in-patient record. */
  specialSchool: boolean;
  ground: SuspensionCause;
  /** LONG_LEAVE: what kind of leave it was. */
  leaveKind?: 'SICK' | 'OTHER';
  initiator: 'GUARDIAN' | 'SCHOOL';
  /** The guardian's written application is on file; in Shanxi on the form of Annex 2. */
  writtenApplication: boolean;
  proofs: readonly Proof<SuspensionProofKind>[];
};

/**
 * The guardian applies in writing (ENR-39); in Shanxi a school itself brings a disease that needs isolation (ENR-42).
 * With it come the papers of Shanxi (ENR-40, ENR-42) or of Beiguan (ENR-41); elsewhere no text names any (CF-11).
 */
export const judgeSuspensionPapers = (
  facts: SuspensionPaperFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const where = { on, place, stage: facts.stage };
  const bySchool = facts.initiator === 'SCHOOL';
  if (bySchool && facts.ground === 'INFECTIOUS_DISEASE' && isInForce('ENR-42', on, place, facts.stage)) {
    return hasCountyProof(facts.proofs, HOSPITAL) ? [] : isolationProofMissing(where);
  }
  const formIsPaper = isInForce('ENR-40', on, place, facts.stage);
  const applied = !bySchool && (facts.writtenApplication || formIsPaper);
  return [
    ...(applied ? [] : [applicationMissing(where)]),
    ...(formIsPaper && !bySchool && !facts.writtenApplication ? formMissing(where) : []),
    ...(hasShanxiProof(facts) ? [] : shanxiProofMissing(facts, where)),
    ...(hasBeiguanProof(facts) ? [] : beiguanProofMissing(facts, where)),
  ];
};

type Where = Pick<FindingSpec, 'on' | 'place' | 'stage'>;

const HOSPITAL: readonly SuspensionProofKind[] = [
  'HOSPITAL_RECORD',
  'INPATIENT_RECORD',
  'DIAGNOSIS_CERTIFICATE',
];
const DEPARTMENT: readonly SuspensionProofKind[] = [
  'PUBLIC_SECURITY_PROOF',
  'CIVIL_AFFAIRS_PROOF',
  'OTHER_DEPARTMENT_PROOF',
];

const hasShanxiProof = (facts: SuspensionPaperFacts): boolean =>
  hasCountyProof(facts.proofs, isSickness(facts) ? [...HOSPITAL, 'OTHER_VALID_PROOF'] : DEPARTMENT);

const hasBeiguanProof = (facts: SuspensionPaperFacts): boolean =>
  isSickness(facts)
    ? hasCountyProof(facts.proofs, [beiguanSickPaper(facts)])
    : facts.proofs.some(({ kind }) => kind === 'LEAVE_FORM');

const beiguanSickPaper = ({ stage, specialSchool }: SuspensionPaperFacts): SuspensionProofKind =>
  stage === 'JUNIOR' && !specialSchool ? 'DIAGNOSIS_CERTIFICATE' : 'INPATIENT_RECORD';

const applicationMissing = (where: Where): Finding =>
  finding('ENR-39', {
    code: 'SUSPENSION_APPLICATION_MISSING',
    outcome: 'REJECT',
    message: '休学须由父母或其他法定监护人提出书面申请。',
    messageEn: 'The guardian applies for a suspension in writing.',
    path: ['applicationForm'],
    remedy: '请监护人填写并签署休学申请。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });

const formMissing = (where: Where): Finding[] =>
  findingIfInForce('ENR-40', {
    message: '缺少监护人签署的《休学、复学申请表》。',
    messageEn: 'The application form signed by the guardian is missing.',
    path: ['applicationForm'],
    remedy: '请监护人填写并签署该表。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });

const shanxiProofMissing = (facts: SuspensionPaperFacts, where: Where): Finding[] => {
  const sick = isSickness(facts);
  return findingIfInForce('ENR-40', {
    message: sick
      ? '因病休学，缺少县级及以上医院病历或其他有效证明材料。'
      : '缺少县级及以上公安、民政等部门的证明。',
    messageEn: sick
      ? 'The record of a county-level or higher hospital, or another valid proof, is missing.'
      : 'The proof of a county-level or higher public security, civil affairs or other department is missing.',
    path: ['proofs'],
    remedy: '请监护人补充县级及以上单位出具的材料。',
    ownerLevel: 'GUARDIAN',
    ...where,
  });
};

const beiguanProofMissing = (facts: SuspensionPaperFacts, where: Where): Finding[] =>
  findingIfInForce('ENR-41', {
    ...beiguanPaper(facts),
    path: ['proofs'],
    ownerLevel: 'GUARDIAN',
    ...where,
  });

const beiguanPaper = (facts: SuspensionPaperFacts) => {
  if (!isSickness(facts)) {
    return {
      message: '因事假等休学，缺少请假手续材料。',
      messageEn: 'The papers of the leave are missing.',
      remedy: '请监护人补办请假手续，由学籍管理员上传。',
    };
  }
  return beiguanSickPaper(facts) === 'INPATIENT_RECORD'
    ? {
        message: '小学、特殊教育学校学生因病休学，缺少县级以上医院住院病历。',
        messageEn: 'The in-patient record of a county-level or higher hospital is missing.',
        remedy: '请监护人提供住院病历，由学籍管理员上传。',
      }
    : {
        message: '初中学生因病休学，缺少县级以上医院诊断证明。',
        messageEn: 'The diagnosis certificate of a county-level or higher hospital is missing.',
        remedy: '请监护人提供诊断证明，由学籍管理员上传。',
      };
};

const isolationProofMissing = (where: Where): Finding[] =>
  findingIfInForce('ENR-42', {
    message: '因传染病隔离治疗休学，缺少县级及以上医院证明材料。',
    messageEn: 'The proof of a county-level or higher hospital is missing.',
    path: ['proofs'],
    remedy: '请学校补充医院证明材料，报主管教育行政部门核准。',
    ownerLevel: 'SCHOOL',
    ...where,
  });
