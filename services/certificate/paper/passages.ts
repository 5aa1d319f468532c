import type { Piece } from '#libs/platform/pdf/lines.ts';
import type { TwoPartPaper } from './paper.ts';
import { form, genderWord, monthParts, withUnit } from './words.ts';

/** Who the holder is, as both parts of both forms say it. */
export const who = (paper: TwoPartPaper): Piece[] => {
  const province = withUnit(paper.nativeProvince, /(省|市|区)$/, '省');
  const county = withUnit(paper.nativeCounty, /[县市区旗]$/, '县（市、区）');
  return form`学生${paper.studentName}（学籍号：${paper.studentNumber}　身份证号：${paper.idDocumentNumber}），性别${genderWord(paper.gender)}，系${province}${county}人，`;
};

/** From when to when the holder studied at the school. */
export const studies = (paper: TwoPartPaper): Piece[] => {
  const [from, to] = [monthParts(paper.studiedFrom), monthParts(paper.studiedTo)];
  return form`从${from.year}年${from.month}月至${to.year}年${to.month}月在我校学习`;
};
