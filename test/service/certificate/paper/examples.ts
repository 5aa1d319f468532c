import type { CompletionPaper, ElectronicPage, SchoolingPaper } from '#services/certificate/paper/paper.ts';

const CODE = '7K3DQ0V9XW2M5TB8RYHJ4FGN6C';
const CHECKED = { checkAddress: `https://xueji.example/certificates/check/${CODE}`, checkCode: CODE };

const SHARED = {
  province: '山西省',
  studentName: '李思远',
  studentNumber: 'G140105200809121234',
  idDocumentNumber: '140105200809121234',
  gender: 'MALE',
  nativeProvince: '山西省',
  nativeCounty: '太原市小店区',
  studiedFrom: '2023-09',
  studiedTo: '2026-07',
  handledBy: '王秀兰',
  handledOn: '2026-07-10',
  responsibleBy: '赵国强',
  responsibleOn: '2026-07-11',
  stubDate: '2026-07-12',
  principal: '赵国强',
  schoolName: '太原市第五十二中学校',
  issuedOn: '2026-07-13',
  descriptions: {},
  isCopy: false,
} as const;

/** A certificate of completion with everyday values. */
export const completion: CompletionPaper = {
  ...SHARED,
  kind: 'COMPLETION',
  serialPrefix: '晋结证字',
  serialNumber: '1405010012-2-2026-000017-42',
  ...CHECKED,
  reason: '学习期满未达到规定的毕业条件',
};

/** A certificate of incompletion whose holder bears a long name with a character that the type lacks. */
export const incompletion: CompletionPaper = {
  ...completion,
  kind: 'INCOMPLETION',
  studentName: '阿卜杜热合曼·麦麦提图尔荪·𠮷克孜勒苏·阿依努尔·努尔艾力·伊敏江',
  nativeProvince: '新疆维吾尔自治区',
  nativeCounty: '克孜勒苏柯尔克孜自治州阿图什市',
  serialNumber: '1405010012-3-2026-000003-18',
  ...CHECKED,
  reason: '因病无法继续学习，由监护人申请退学',
  descriptions: { 𠮷: '⿱土口' },
  isCopy: true,
};

/** A certificate of schooling in place of a lost graduation certificate. */
export const schooling: SchoolingPaper = {
  ...SHARED,
  kind: 'SCHOOLING',
  serialPrefix: '晋毕证字',
  serialNumber: '1405010012-4-2026-000002-07',
  ...CHECKED,
  gender: 'FEMALE',
  studentName: '陈䶮',
  studiedFrom: '2019-09',
  studiedTo: '2022-07',
  graduatedOn: '2022-07',
  schoolingYears: 3,
  originalCertificateNumber: '140100-1-2022-004711-63',
  authorityName: '太原市小店区教育局',
};

/** The page of an electronic graduation certificate. */
export const graduation: ElectronicPage = {
  kind: 'GRADUATION',
  stage: 'SENIOR',
  number: '140100-1-2026-000001-23',
  holderName: '李思远',
  schoolName: '太原市第五十二中学校',
  issuerName: '太原市教育局',
  endedIn: '2026-07',
  issuedOn: '2026-07-13',
  ...CHECKED,
  descriptions: {},
};
