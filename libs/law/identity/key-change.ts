import type { IsoDate } from '../dates.ts';
import { judgeIdentityDocument } from '../enrollment/identity-document.ts';
import { type Finding, type FindingSpec, finding, type LawPlace } from '../finding.ts';
import { type DocumentMismatch, mismatchOf } from './document-shape.ts';
import type { DuplicateHit } from './duplicate.ts';
import { type InformationProofKind, judgeInformationChange } from './information-change.ts';
import { judgeNumberBasis } from './key-change-number.ts';
import type { StudentNumberKind } from './student-number.ts';

/** What a change of key information is about: who somebody is by the identity document (W-07). */
export type KeyValues = {
  name: string;
  gender: string;
  birthDate: IsoDate;
  idDocumentType: string;
  idDocumentNumber: string | null;
};

/** The names of the items, in the order of the collection form. */
export const KEY_ITEMS = ['name', 'gender', 'idDocumentType', 'idDocumentNumber', 'birthDate'] as const;
export type KeyItem = (typeof KEY_ITEMS)[number];

/** The items that two sets of values differ in. */
export const changedItems = (before: KeyValues, after: KeyValues): KeyItem[] =>
  KEY_ITEMS.filter((item) => before[item] !== after[item]);

/** The resident ID number among the values; null where another document or none is shown. */
export const residentIdAmong = ({ idDocumentType, idDocumentNumber }: KeyValues): string | null =>
  idDocumentType === 'RESIDENT_ID' ? idDocumentNumber : null;

/** How the person stands who is to be changed. */
export type ChangedPerson = {
  kind: StudentNumberKind | null;
  /** The registration has been approved and goes on. */
  isRegistered: boolean;
  /** Another change of the person's key information runs. */
  isChanging: boolean;
};

export type KeyChangeRequest = {
  person: ChangedPerson;
  before: KeyValues;
  after: KeyValues;
  proofs: readonly InformationProofKind[];
};

/**
 * Every finding on a change of key information that is asked for: it changes something (ID-13), of somebody registered
 * whose data nobody else is changing; the document fits what it is to prove (ID-22); its proofs are there, of a kind
 * that is taken (ID-13, ID-14, ID-15); and a G number keeps what it rests on (ID-10).
 */
export const judgeKeyChange = (
  { person, before, after, proofs }: KeyChangeRequest,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const fields = changedItems(before, after);
  const where = { on, place };
  return [
    ...judgeStanding(person, where),
    ...(fields.length > 0 ? [] : [nothingChanges(where)]),
    ...(after.birthDate <= on ? [] : [bornLater(where)]),
    ...(fields.some((item) => item !== 'name') ? judgeDocument(after, where) : []),
    ...judgeNumberBasis({ kind: person.kind, after: residentIdAmong(after) }, on, place),
    ...judgeInformationChange({ fields, channel: 'SCHOOL', proofs }, on, place),
  ];
};

/**
 * Every finding on a resident ID number that is supplied for somebody who had none (ID-09): nothing but the document
 * changes, and the rest of the data is the document's.
 */
export const judgeDocumentSupply = (request: KeyChangeRequest, on: IsoDate, place: LawPlace): Finding[] => [
  ...(residentIdAmong(request.before) === null ? [] : [hasDocument({ on, place })]),
  ...judgeKeyChange(request, on, place),
];

/** Somebody else has what the data would say: told within what a school may know (ID-17, PRV-15). */
export const judgeKeyDuplicates = (hits: readonly DuplicateHit[], on: IsoDate, place: LawPlace): Finding[] =>
  hits.map((hit) =>
    finding('ID-17', {
      code: 'DUPLICATE_RECORD_FOUND',
      outcome: 'REJECT',
      message:
        hit.where === 'SAME_SCHOOL'
          ? '修改后的信息与本校另一学生的学籍重复。'
          : `修改后的信息与另一条学籍重复（主管部门代码${hit.registryAuthority}）。`,
      messageEn:
        hit.where === 'SAME_SCHOOL'
          ? 'The new data are those of another pupil of this school.'
          : `The new data are those of another record (registry authority ${hit.registryAuthority}).`,
      path: ['to'],
      remedy: '请对照证件核对证件号码；确属同一学生重复建籍的，请报告主管部门按问题学籍处理。',
      ownerLevel: 'SCHOOL',
      on,
      place,
    }),
  );

type Where = Pick<FindingSpec, 'on' | 'place'>;

/** The document and what it says of its holder agree; a change of the name alone asks nothing of it. */
const judgeDocument = (after: KeyValues, where: Where): Finding[] => [
  ...judgeIdentityDocument(after, where.on, where.place).map(inItems),
  ...judgeMismatch(after, where),
];

/** The items stand in an input of their own. */
const inItems = (found: Finding): Finding => ({
  ...found,
  path: ['to', ...(found.path ?? []).filter((part) => part !== 'form')],
});

const judgeStanding = ({ isRegistered, isChanging }: ChangedPerson, where: Where): Finding[] => [
  ...(isRegistered
    ? []
    : [
        finding('ID-13', {
          code: 'REGISTRATION_NOT_APPROVED',
          outcome: 'REJECT',
          message: '该学生的学籍尚未核准或已注销，关键信息不在此处修改。',
          messageEn: 'The registration has not been approved, or it was closed.',
          remedy: '学籍待核准的，请由主管部门退回后更正并重新提交。',
          ownerLevel: 'SCHOOL',
          ...where,
        }),
      ]),
  ...(isChanging
    ? [
        finding('ID-13', {
          code: 'KEY_CHANGE_ALREADY_RUNNING',
          outcome: 'REJECT',
          message: '该学生已有正在办理的关键信息修改，须先办结或撤回。',
          messageEn: 'Another change of this student’s key information is running.',
          remedy: '请先办结或撤回正在办理的修改。',
          ownerLevel: 'SCHOOL',
          ...where,
        }),
      ]
    : []),
];

const nothingChanges = (where: Where): Finding =>
  finding('ID-13', {
    code: 'KEY_INFO_UNCHANGED',
    outcome: 'REJECT',
    message: '修改后的信息与现有信息相同。',
    messageEn: 'Nothing would change.',
    path: ['to'],
    remedy: '请填写要修改的项目。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const MISMATCHES: Readonly<Record<DocumentMismatch, { code: string; message: string; messageEn: string }>> = {
  RESIDENT_ID_NUMBER: {
    code: 'DOCUMENT_TYPE_MISMATCH',
    message: '填写的是居民身份号码，与证件类型不符。',
    messageEn: 'The number is a resident ID number, but the type says otherwise.',
  },
  RESIDENCE_PERMIT_NUMBER: {
    code: 'DOCUMENT_TYPE_MISMATCH',
    message: '填写的是港澳台居民居住证号码，与证件类型不符。',
    messageEn: 'The number is that of a residence permit, but the type says otherwise.',
  },
  OTHER_SHAPE: {
    code: 'DOCUMENT_NUMBER_INVALID',
    message: '证件号与所选证件类型的号码格式不符。',
    messageEn: 'The number does not fit its document type.',
  },
};

/** A number under another type would pass by the comparison (ID-12): type and number agree. */
const judgeMismatch = ({ idDocumentType, idDocumentNumber }: KeyValues, where: Where): Finding[] => {
  const mismatch = idDocumentNumber === null ? undefined : mismatchOf(idDocumentType, idDocumentNumber);
  if (mismatch === undefined) return [];
  return [
    finding('ID-13', {
      ...MISMATCHES[mismatch],
      outcome: 'REJECT',
      path: ['to', 'idDocumentNumber'],
      remedy: '请对照证件核对证件类型和号码。',
      ownerLevel: 'SCHOOL',
      ...where,
    }),
  ];
};

const bornLater = (where: Where): Finding =>
  finding('ID-13', {
    code: 'BIRTH_DATE_IN_FUTURE',
    outcome: 'REJECT',
    message: '出生日期晚于今天。',
    messageEn: 'The birth date lies in the future.',
    path: ['to', 'birthDate'],
    remedy: '请对照证件核对出生日期。',
    ownerLevel: 'SCHOOL',
    ...where,
  });

const hasDocument = (where: Where): Finding =>
  finding('ID-09', {
    code: 'RESIDENT_ID_ON_FILE',
    outcome: 'REJECT',
    message: '该学生已采集居民身份证号，不属于补充证件；号码有误的，按关键信息修改办理。',
    messageEn: 'A resident ID number is on file; a wrong one is changed as key information.',
    path: ['to', 'idDocumentNumber'],
    remedy: '请提交关键信息修改申请，由学校和主管部门核办。',
    ownerLevel: 'SCHOOL',
    ...where,
  });
