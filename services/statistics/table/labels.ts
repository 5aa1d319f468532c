import type {
  EnrollmentStatus,
  EthnicGroupClass,
  Gender,
  IdDocumentType,
  Stage,
  StudentNumberKind,
} from '#libs/contracts/vocabulary.ts';
import { type NONE, SET, UNSET } from '../stock/attributes.ts';
import type { Dimension } from './question.ts';

type Word<Kind extends { options: readonly string[] }> = Kind['options'][number];

/** Dimensions whose values have names of their own; units and schools have theirs from the directory. */
type PlainlyNamed = Exclude<Dimension, 'UNIT'>;

const stages: Record<Word<typeof Stage>, string> = {
  PRESCHOOL: '学前',
  PRIMARY: '小学',
  JUNIOR: '初中',
  SENIOR: '高中',
};

const genders: Record<Word<typeof Gender>, string> = { MALE: '男', FEMALE: '女' };

const statuses: Record<Word<typeof EnrollmentStatus>, string> = {
  PENDING_APPROVAL: '待核准',
  RETURNED_TO_SCHOOL: '退回学校更正',
  REFUSED: '不予核准',
  IN_SCHOOL: '在校',
  SUSPENDED: '休学',
  GRADUATED: '毕业',
  ADMITTED: '被招生（未报到）',
  COMPLETED: '结业',
  WITHDRAWN: '退学',
  EXPELLED: '开除',
  ABROAD: '出国（境）',
  LEFT_OTHER: '其他离校',
  CANCELLED: '注销',
  ADMISSION_CANCELLED: '取消入学资格',
};

const numberKinds: Record<Word<typeof StudentNumberKind> | typeof NONE, string> = {
  G_FORMAL: '正式学籍号（G字头）',
  J_FORMAL: '正式学籍号（J字头）',
  L_TEMPORARY: '临时学籍号（L字头）',
  NONE: '尚未分配',
};

const documentTypes: Record<Word<typeof IdDocumentType>, string> = {
  RESIDENT_ID: '居民身份证',
  HK_MACAO_PERMIT: '港澳居民证件',
  TAIWAN_PERMIT: '台湾居民证件',
  PASSPORT: '护照',
  OTHER: '其他证件',
  NONE: '无证件',
};

const ethnicGroups: Record<Word<typeof EthnicGroupClass>, string> = {
  HAN: '汉族',
  MINORITY: '少数民族',
  NOT_APPLICABLE: '不适用',
};

const grades = ['一', '二', '三', '四', '五', '六', '七', '八', '九'];

const yesOrNo = { [SET]: '是', [UNSET]: '否' };

const texts: Readonly<Record<PlainlyNamed, Readonly<Record<string, string>>>> = {
  STAGE: stages,
  GRADE: Object.fromEntries(grades.map((numeral, at) => [at + 1, `${numeral}年级`])),
  GENDER: genders,
  STATUS: statuses,
  NUMBER_KIND: numberKinds,
  DOCUMENT_TYPE: documentTypes,
  ETHNIC_GROUP: ethnicGroups,
  BOARDER: yesOrNo,
  LEFT_BEHIND: yesOrNo,
  MIGRANT: yesOrNo,
  RESIDENCE_PERMIT: yesOrNo,
  DISABLED: yesOrNo,
};

const ranks: ReadonlyMap<string, number> = new Map(
  Object.entries(texts).flatMap(([dimension, words]) =>
    Object.keys(words).map((value, rank) => [`${dimension} ${value}`, rank]),
  ),
);

/** What a value is called in Chinese; null for one without a name. */
export const labelOf = (dimension: PlainlyNamed, value: string): string | null =>
  texts[dimension][value] ?? null;

/** Where a value stands among those of its dimension. */
export const rankOf = (dimension: PlainlyNamed, value: string): number =>
  ranks.get(`${dimension} ${value}`) ?? ranks.size;
