import { fullYears, type IsoDate } from '../dates.ts';
import { entryCutoff } from '../enrollment/entry.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { HandlingMode } from '../organization/handling-mode.ts';
import { requireValue } from '../resolve.ts';

/**
 * Kinds of papers about a transfer. REGISTRATION_INFO: accurate registration data, such as the sheet that the sending
 * school prints; REGISTRATION_CERTIFICATE: the certificate that is abolished (TRF-45).
 */
export type TransferMaterial =
  | 'REGISTRATION_INFO'
  | 'REASON_PROOF'
  | 'ACADEMIC_TEST_PROOF'
  | 'REGISTRATION_CERTIFICATE'
  | 'PAPER_APPROVAL_FORM'
  | 'OTHER';

/** What a school or an authority wants to ask a family for. */
export type RequestedMaterialFacts = {
  asked: readonly TransferMaterial[];
  /** The pupil's stage at the receiving school. */
  stage: Stage;
  acrossProvinces: boolean;
};

const ALLOWED: ReadonlySet<TransferMaterial> = new Set(['REGISTRATION_INFO', 'REASON_PROOF']);

/**
 * A family is asked for accurate registration data and the proof of its reason, and for nothing more (TRF-22); the
 * certificate of registration is abolished, for going on as well (TRF-45). The proof of an academic test may be asked
 * for where the receiving province needs it (TRF-30, CF-14). It is the request that is refused, never the case.
 */
export const judgeRequestedMaterials = (
  facts: RequestedMaterialFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const needsTest = needsAcademicTestProof({ ...facts, hasSatAcademicTest: true }, on, place);
  return [...new Set(facts.asked)]
    .filter((material) => !ALLOWED.has(material) && !(material === 'ACADEMIC_TEST_PROOF' && needsTest))
    .flatMap((material) => {
      const certificate = material === 'REGISTRATION_CERTIFICATE';
      const spec: FindingSpec = {
        code: 'MATERIAL_NOT_ALLOWED',
        outcome: 'REJECT',
        message: certificate
          ? '学籍证明已取消，不得要求提交。'
          : '除学籍准确信息和转学原因证明外，不得再要求提供其他材料。',
        messageEn: certificate
          ? 'The certificate of registration is abolished.'
          : 'A family is asked for registration data and the proof of its reason only.',
        path: ['asked', material],
        remedy: '请在学籍系统中核验，不再要求家长提供。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      };
      return prevailing(
        certificate ? findingIfInForce('TRF-45', spec) : [],
        findingIfInForce('TRF-22', spec),
      );
    });
};

/** Papers that lie with a case. */
export type FiledPaperFacts = {
  stage: Stage;
  mode: HandlingMode;
  /** A paper approval form was used or filed. */
  paperForm: boolean;
  /** The receiving school has uploaded the proof of the reason. */
  reasonProofUploaded: boolean;
};

/**
 * The receiving school uploads the proof of the reason (TRF-22); paper forms are abolished except during a fault
 * (TRF-23).
 */
export const judgeFiledPapers = (facts: FiledPaperFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const where = { on, place, stage: facts.stage };
  return [
    ...(facts.reasonProofUploaded
      ? []
      : findingIfInForce('TRF-22', {
          code: 'REASON_PROOF_MISSING',
          message: '转入学校尚未上传说明转学原因的证明材料。',
          messageEn: 'The receiving school has not uploaded the proof of the reason.',
          path: ['proofs'],
          remedy: '请转入学校上传证明材料原件的扫描件或照片。',
          ownerLevel: 'SCHOOL',
          ...where,
        })),
    ...(facts.paperForm && facts.mode !== 'OFFLINE_FIRST'
      ? findingIfInForce('TRF-23', {
          message: '纸质转学审批表已取消，仅限系统故障线下办理时使用。',
          messageEn: 'Paper approval forms are abolished except during a fault of the system.',
          path: ['paperForm'],
          remedy: '请以系统核办为准，不再要求纸质审批表。',
          ownerLevel: 'SCHOOL',
          ...where,
        })
      : []),
  ];
};

/** A pupil who comes to a senior school from another province. */
export type AcademicTestFacts = { stage: Stage; acrossProvinces: boolean; hasSatAcademicTest: boolean };

const needsAcademicTestProof = (facts: AcademicTestFacts, on: IsoDate, place: LawPlace): boolean =>
  academicTestProofMissing(facts, on, place).length > 0;

/**
 * Who comes to Shanxi from another province and sat its academic tests brings the province's certificate (TRF-30): held
 * on the receiving side, and got from the sending province where possible (CF-14). `place`: of the receiving school.
 */
export const judgeAcademicTestProof = (
  facts: AcademicTestFacts & { proofOnFile: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] => (facts.proofOnFile ? [] : academicTestProofMissing(facts, on, place));

const academicTestProofMissing = (
  { stage, acrossProvinces, hasSatAcademicTest }: AcademicTestFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  stage !== 'SENIOR' || !acrossProvinces || !hasSatAcademicTest
    ? []
    : findingIfInForce('TRF-30', {
        message: '跨省转入的普通高中学生已参加学业水平考试的，须有转出地省级学业水平考试证明。',
        messageEn: 'The sending province’s certificate of its academic tests is missing.',
        path: ['proofs'],
        remedy: '请优先向转出省份查询获取；确实无法获取的，再请家长提供。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage,
      });

/** A young pupil who moves across provinces. */
export type UnderAgeFacts = {
  acrossProvinces: boolean;
  /** The pupil's stage at the receiving school. */
  stage: Stage;
  birthDate: IsoDate;
  /** The year in whose autumn the school year of the case begins. */
  schoolYear: number;
};

/**
 * A child who had not turned six by the cut-off of the school year moves across provinces with care only (ENR-04): the
 * receiving county decides with a written reason.
 */
export const judgeUnderAge = (facts: UnderAgeFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!facts.acrossProvinces || facts.stage !== 'PRIMARY') return [];
  const cutoff = entryCutoff(facts.schoolYear, on, place);
  const age = requireValue('entryAge', place, on, { stage: 'PRIMARY' });
  if (fullYears(facts.birthDate, cutoff) >= age) return [];
  return findingIfInForce('ENR-04', {
    message: `截至${cutoff}（含当日）未满${age}周岁，跨省就学须慎重。`,
    messageEn: `The child is not yet ${age} on ${cutoff}; a move across provinces needs care.`,
    path: ['student', 'birthDate'],
    remedy: '请向家长说明日后可能无法转回；确需转学的，由县级教育行政部门写明理由决定。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage: facts.stage,
  });
};
