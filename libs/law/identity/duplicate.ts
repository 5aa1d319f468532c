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
  isPreschool: boolean;
};

/** What the asking school is told: never more than these fields (PRV-15). */
export type DuplicateHit =
  | { where: 'SAME_SCHOOL'; row: string | undefined; numberKind: StudentNumberKind }
  | { where: 'ELSEWHERE'; numberKind: StudentNumberKind; registryAuthority: string; isPreschool: boolean };

/** The answer to a search: whether it ran, and what it may say. */
export type DuplicateAnswer = { searched: boolean; hits: readonly DuplicateHit[] };

/** Cuts a found record down to what the asking school may know (PRV-15). */
export const answerTo = (askingSchool: string, found: FoundRecord): DuplicateHit => {
  enforces('PRV-15');
  if (found.school === askingSchool) {
    return { where: 'SAME_SCHOOL', row: found.row, numberKind: found.numberKind };
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
  if (hit.where === 'SAME_SCHOOL') return [sameSchool(hit.row, on, place)];
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

const sameSchool = (row: string | undefined, on: IsoDate, place: LawPlace): Finding =>
  finding('ID-18', {
    message: row
      ? `与本校已有学籍或本批第${row}行为同一学生，不得重复建籍。`
      : '该学生在本校已有学籍，不得重复建籍。',
    messageEn: row
      ? `Same student as row ${row} of this school; no second record may be made.`
      : 'This student has a record at this school; no second one may be made.',
    remedy: '请核对并删除重复的一条。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const kindName = (kind: StudentNumberKind): string =>
  ({ G_FORMAL: 'G字头正式学籍号', J_FORMAL: 'J字头正式学籍号', L_TEMPORARY: 'L字头临时学籍号' })[kind];

/** The 2016 notice says to carry the record over; before it, the search alone forbade the second record. */
const elsewhere = (
  hit: Extract<DuplicateHit, { where: 'ELSEWHERE' }>,
  on: IsoDate,
  place: LawPlace,
): Finding => {
  const said: FindingSpec = {
    message: `该学生已有学籍（${kindName(hit.numberKind)}，主管部门代码${hit.registryAuthority}），应转接学籍，不能新建。`,
    messageEn: `A record exists (${hit.numberKind}, registry authority ${hit.registryAuthority}); it is carried over, none is made.`,
    remedy: '请发起转学转接学籍；学生可以先入学就读。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  };
  return isInForce('ENR-06', on, place) ? finding('ENR-06', said) : finding('ID-17', said);
};

const preschool = (
  hit: Extract<DuplicateHit, { where: 'ELSEWHERE' }>,
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  findingIfInForce('ID-31', {
    message: `该儿童已有学前学籍号（${kindName(hit.numberKind)}），应当接续，不能重复申请。`,
    messageEn: 'The child has a preschool number; it is carried on, no other is applied for.',
    remedy: '请选择接续学前学籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });
