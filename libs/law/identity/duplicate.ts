import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import {
  type Finding,
  type FindingSpec,
  finding,
  findingIfInForce,
  isInForce,
  type LawPlace,
} from '../finding.ts';
import type { StudentNumberKind } from './student-number.ts';

/** A record found by the search, as the searching system knows it. Stays inside. */
export type FoundRecord = {
  school: string;
  numberKind: StudentNumberKind;
  /** Unit code of the authority that answers for the record. */
  registryAuthority: string;
  /** The row of the same upload or the registration of the same school, for that school's eyes. */
  row?: string;
  /** The record's opaque id, for the eyes of its own school. */
  student?: string;
  /** The authority has sent the registration back, and the school has not handed it in again. */
  isReturned?: boolean;
  isPreschool: boolean;
};

/** What the asking school is told: never more than these fields (PRV-15). */
export type DuplicateHit =
  | {
      where: 'SAME_SCHOOL';
      row: string | undefined;
      student?: string | undefined;
      isReturned?: boolean | undefined;
      numberKind: StudentNumberKind;
    }
  | { where: 'ELSEWHERE'; numberKind: StudentNumberKind; registryAuthority: string; isPreschool: boolean };

/** The answer to a search: whether it ran, and what it may say. */
export type DuplicateAnswer = { searched: boolean; hits: readonly DuplicateHit[] };

/** Cuts a found record down to what the asking school may know (PRV-15). */
export const answerTo = (askingSchool: string, found: FoundRecord): DuplicateHit => {
  enforces('PRV-15');
  if (found.school === askingSchool) {
    const { row, student, isReturned } = found;
    return { where: 'SAME_SCHOOL', row, student, isReturned, numberKind: found.numberKind };
  }
  const { numberKind, registryAuthority, isPreschool } = found;
  return { where: 'ELSEWHERE', numberKind, registryAuthority, isPreschool };
};

/** Whoever asks for more than the answer holds is out of jurisdiction (PRV-15). */
export const judgeDuplicateEnquiry = (
  facts: { asksForPersonalData: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.asksForPersonalData
    ? [
        finding('PRV-15', {
          message: '查重只告知是否已有学籍、学籍号类别和主管部门，不提供其他个人信息。',
          messageEn:
            'A duplicate search tells that a record exists, its kind and its authority, nothing more.',
          remedy: '请联系该学籍的主管部门。',
          on,
          place,
        }),
      ]
    : [];

/**
 * Judges the search before a record is made: it must have run (ID-17), a second record at the same school is refused
 * (ID-18), one elsewhere is to be carried over (ENR-06), and a preschool number is to be carried on (ID-31).
 * `continuesPreschool`: the registration takes over the preschool number that was found.
 */
export const judgeDuplicates = (
  answer: DuplicateAnswer,
  options: { continuesPreschool: boolean },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (!answer.searched) return [notSearched(on, place)];
  return answer.hits.flatMap((hit) => judgeHit(hit, options.continuesPreschool, on, place));
};

const judgeHit = (
  hit: DuplicateHit,
  continuesPreschool: boolean,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (hit.where === 'SAME_SCHOOL') return [sameSchool(hit, on, place)];
  if (!hit.isPreschool) return [elsewhere(hit, on, place)];
  return continuesPreschool ? [] : preschool(hit, on, place);
};

const notSearched = (on: IsoDate, place: LawPlace): Finding =>
  finding('ID-17', {
    code: 'DUPLICATE_CHECK_NOT_RUN',
    message: '尚未完成全国查重，不能新建学籍。',
    messageEn: 'No record is made before the national duplicate search.',
    remedy: '请先查重。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

type OwnHit = Extract<DuplicateHit, { where: 'SAME_SCHOOL' }>;
type OtherHit = Extract<DuplicateHit, { where: 'ELSEWHERE' }>;

/** One wrong digit may be somebody else's number: what was found is no proof that the two are one child. */
const perhapsAnother = '不是同一学生的，请对照证件核对学生和监护人的证件号码，改正后重新提交。';

const adviceOf = ({ row, isReturned }: OwnHit): string => {
  if (isReturned) return '同一学生的学籍已退回本校，请在原学籍上更正并重新提交更正，不要重新导入或新建；';
  return row ? '同一学生请只保留一行；' : '同一学生无须再建，请使用本校已有的学籍；';
};

const sameSchool = (hit: OwnHit, on: IsoDate, place: LawPlace): Finding =>
  finding('ID-18', {
    message: hit.row
      ? `与本校已有学籍或本批第${hit.row}行为同一学生，不得重复建籍。`
      : '该学生在本校已有学籍，不得重复建籍。',
    messageEn: hit.row
      ? `Same student as row ${hit.row} of this school; no second record may be made.`
      : 'This student has a record at this school; no second one may be made.',
    remedy: `${adviceOf(hit)}${perhapsAnother}`,
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const kindName = (kind: StudentNumberKind): string =>
  ({ G_FORMAL: 'G字头正式学籍号', J_FORMAL: 'J字头正式学籍号', L_TEMPORARY: 'L字头临时学籍号' })[kind];

/** The 2016 notice says to carry the record over; before it, the search alone forbade the second record. */
const elsewhere = (hit: OtherHit, on: IsoDate, place: LawPlace): Finding => {
  const said: FindingSpec = {
    message: `该学生已有学籍（${kindName(hit.numberKind)}，主管部门代码${hit.registryAuthority}），应转接学籍，不能新建。`,
    messageEn: `A record exists (${hit.numberKind}, registry authority ${hit.registryAuthority}); it is carried over, none is made.`,
    remedy: `同一学生请发起转学转接学籍，可以先入学就读；${perhapsAnother}`,
    ownerLevel: 'SCHOOL',
    on,
    place,
  };
  return isInForce('ENR-06', on, place) ? finding('ENR-06', said) : finding('ID-17', said);
};

const preschool = (hit: OtherHit, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ID-31', {
    message: `该儿童已有学前学籍号（${kindName(hit.numberKind)}），应当接续，不能重复申请。`,
    messageEn: 'The child has a preschool number; it is carried on, no other is applied for.',
    remedy: '请选择接续学前学籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

/**
 * Records that are perhaps the same child's refuse nothing: each holds the registration until the authority has looked
 * and written why it lets it through (ID-17). Told within what the asking school may know (PRV-15).
 */
export const judgeLikeness = (hits: readonly DuplicateHit[], on: IsoDate, place: LawPlace): Finding[] => {
  const told = hits.map((hit) => perhapsSame(hit, on, place));
  return told.filter(({ message }, at) => told.findIndex((other) => other.message === message) === at);
};

/** True of what `judgeLikeness` says. */
export const isLikeness = ({ ruleId, code }: Finding): boolean =>
  ruleId === 'ID-17' && code === 'POSSIBLE_DUPLICATE';

const perhapsSame = (hit: DuplicateHit, on: IsoDate, place: LawPlace): Finding =>
  finding('ID-17', {
    code: 'POSSIBLE_DUPLICATE',
    outcome: 'HOLD',
    message: `疑似重复学籍：${whereOf(hit)}与该学生身份信息相近，尚不能认定为同一学生。`,
    messageEn: `Possible duplicate: a similar record exists ${whereInEnglish(hit)}.`,
    remedy:
      '学校请对照证件核实：同一学生不得重复建籍，请报告主管部门；不是同一学生的无需修改，由主管部门写明理由后核准。',
    ownerLevel: 'COUNTY',
    on,
    place,
  });

const whereOf = (hit: DuplicateHit): string => {
  if (hit.where === 'ELSEWHERE')
    return `全国已有的一条学籍（${kindName(hit.numberKind)}，主管部门代码${hit.registryAuthority}）`;
  if (hit.row) return `本批第${hit.row}行的学籍`;
  return hit.student ? `本校已有的一条学籍（编号${hit.student}）` : '本校已有的一条学籍';
};

const whereInEnglish = (hit: DuplicateHit): string => {
  if (hit.where === 'ELSEWHERE') return `(${hit.numberKind}, registry authority ${hit.registryAuthority})`;
  if (hit.row) return `at this school, row ${hit.row}`;
  return hit.student ? `at this school (${hit.student})` : 'at this school';
};
