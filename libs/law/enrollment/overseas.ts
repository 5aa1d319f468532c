import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** From where a pupil comes; NONE: not from abroad. */
export type OverseasCategory =
  | 'NONE'
  | 'HONG_KONG'
  | 'MACAO'
  | 'TAIWAN'
  | 'OVERSEAS_CHINESE'
  | 'FOREIGN'
  | 'FOREIGN_CHILD_OF_RESIDENT';

/** A pupil from abroad who enters a school. */
export type OverseasEntryFacts = {
  category: OverseasCategory;
  /** The pupil has won a place here. */
  locallyAdmitted: boolean;
  /** Kind of the document that was shown; resident ID cards are not asked for. Null: none. */
  idDocumentType: string | null;
  /** Last day of the document's validity, included; null where it bears none. */
  validUntil: IsoDate | null;
};

/** Pupils from abroad are enrolled with a local place and a valid document of any kind (ENR-17). */
export const judgeOverseasEntry = (facts: OverseasEntryFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.category === 'NONE') return [];
  const shown = facts.idDocumentType !== null && facts.idDocumentType !== 'NONE';
  const valid = shown && (facts.validUntil === null || on <= facts.validUntil);
  return [
    ...(facts.locallyAdmitted ? [] : notAdmitted(on, place)),
    ...(valid ? [] : noDocument(shown, on, place)),
  ];
};

const notAdmitted = (on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-17', {
    code: 'LOCAL_ADMISSION_MISSING',
    message: '境外学生须先取得当地入学资格。',
    messageEn: 'A pupil from abroad needs a local place first.',
    path: ['overseasCategory'],
    remedy: '请先按当地招生规定办理入学，再建立学籍。',
    ownerLevel: 'SCHOOL',
    on,
    place,
  });

const noDocument = (shown: boolean, on: IsoDate, place: LawPlace): Finding[] =>
  findingIfInForce('ENR-17', {
    code: 'IDENTITY_DOCUMENT_MISSING',
    message: shown ? '所持身份证件已过有效期。' : '境外学生须出示有效身份证件。',
    messageEn: shown ? 'The identity document has expired.' : 'A valid identity document is to be shown.',
    path: ['form', 'idDocumentType'],
    remedy: '请出示有效的护照、港澳居民来往内地通行证、台湾居民来往大陆通行证等证件。',
    ownerLevel: 'GUARDIAN',
    on,
    place,
  });

/** A registration in a senior programme run with a foreign partner. */
export type JointProgrammeFacts = { stage: Stage; jointProgramme: boolean; cityConfirmed: boolean };

/** The city confirms the registration of pupils of senior joint programmes before it is approved (ENR-18). */
export const judgeJointProgramme = (facts: JointProgrammeFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.stage !== 'SENIOR' || !facts.jointProgramme || facts.cityConfirmed) return [];
  return findingIfInForce('ENR-18', {
    message: '高中阶段中外合作办学项目学生的学籍须经市级教育行政部门确认。',
    messageEn: 'The city confirms registrations of senior joint programmes.',
    remedy: '请提交市级教育行政部门确认，学生照常就读。',
    ownerLevel: 'CITY',
    on,
    place,
  });
};

/** A special situation of a pupil from abroad or of a joint programme. */
export type SpecialCaseFacts = {
  category: OverseasCategory;
  jointProgramme: boolean;
  /** School or county say that the case is special. */
  special: boolean;
  cityDecided: boolean;
};

/** A special situation is explained to the city and handled there (ENR-19). */
export const judgeSpecialCase = (facts: SpecialCaseFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const concerned = facts.category !== 'NONE' || facts.jointProgramme;
  if (!concerned || !facts.special || facts.cityDecided) return [];
  return findingIfInForce('ENR-19', {
    message: '该生情况特殊，由市级教育行政部门处理。',
    messageEn: 'The case is special and handled by the city.',
    remedy: '请学校或县级教育行政部门向市级教育行政部门说明情况，等待处理；学生照常就读。',
    ownerLevel: 'CITY',
    on,
    place,
  });
};
