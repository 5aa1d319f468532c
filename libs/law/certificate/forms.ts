import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { CertificateKind } from './kinds.ts';

/** Where a field stands: on the stub that the issuer keeps, on the body that the holder gets, or on both. */
export type FormPart = 'BOTH' | 'STUB' | 'BODY';

const SHARED = {
  serialPrefix: 'BOTH',
  serialNumber: 'BOTH',
  studentName: 'BOTH',
  studentNumber: 'BOTH',
  idDocumentNumber: 'BOTH',
  gender: 'BOTH',
  nativeProvince: 'BOTH',
  nativeCounty: 'BOTH',
  studiedFrom: 'BOTH',
  studiedTo: 'BOTH',
  handledBy: 'STUB',
  handledOn: 'STUB',
  responsibleBy: 'STUB',
  responsibleOn: 'STUB',
  stubDate: 'STUB',
  principalSeal: 'BODY',
  schoolSeal: 'BODY',
  issuedOn: 'BODY',
} as const satisfies Record<string, FormPart>;

/** Form F4 (Annex 4): completion or incompletion. The reason stands on the stub alone. */
export const COMPLETION_FORM = {
  certificateKind: 'BOTH',
  ...SHARED,
  reason: 'STUB',
} as const satisfies Record<string, FormPart>;

/** Form F5 (Annex 5): schooling. The authority's seal comes with its effect (CRT-10). */
export const SCHOOLING_FORM = {
  ...SHARED,
  graduatedOn: 'BOTH',
  originalCertificateNumber: 'BOTH',
  schoolingYears: 'STUB',
} as const satisfies Record<string, FormPart>;

/** The fields of a form with the part that each stands on; undefined for a kind whose layout no annex gives. */
export const formOf = (kind: CertificateKind): Readonly<Record<string, FormPart>> | undefined => {
  if (kind === 'SCHOOLING') return SCHOOLING_FORM;
  return kind === 'GRADUATION' ? undefined : COMPLETION_FORM;
};

/** The fields of one part of a form, in the form's order. */
export const fieldsOf = (kind: CertificateKind, part: 'STUB' | 'BODY'): string[] =>
  Object.entries(formOf(kind) ?? {})
    .filter(([, on]) => on === part || on === 'BOTH')
    .map(([field]) => field);

/**
 * What a holder cannot have: a document of identity that nobody has given yet (ID-08), a household in the country, or a registration
 * number, of whoever graduated before there were any.
 */
export type HolderWithout = { idDocument: boolean; household: boolean; studentNumber?: boolean };

const everything: HolderWithout = { idDocument: false, household: false };

/** A filled form. A field without a value, or with a blank one, lacks. */
export type FilledForm = {
  kind: CertificateKind;
  stage: Stage;
  fields: Readonly<Record<string, unknown>>;
  without?: HolderWithout;
};

/** Put on the paper by hand once it is filled: no record states a seal. */
const SEALS: readonly string[] = ['principalSeal', 'schoolSeal'];

/** The fields that lack, in the form's order; the place of what the holder cannot have stays empty, and those of seals. */
export const missingFields = ({ kind, fields, without = everything }: FilledForm): string[] => {
  const empty = new Set([
    ...SEALS,
    ...(without.idDocument ? ['idDocumentNumber'] : []),
    ...(without.studentNumber ? ['studentNumber'] : []),
    ...(without.household ? ['nativeProvince', 'nativeCounty'] : []),
  ]);
  return Object.keys(formOf(kind) ?? {}).filter((field) => {
    const value = fields[field];
    const lacks = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
    return lacks && !empty.has(field);
  });
};

/** Stub and body are filled and joined by the same words and number before the paper is given (CRT-12). */
export const judgeForm = (form: FilledForm, on: IsoDate, place: LawPlace): Finding[] => {
  const missing = missingFields(form);
  if (missing.length === 0) return [];
  return findingIfInForce('CRT-12', {
    message: `存根和正本尚有${missing.length}项未填写。`,
    messageEn: `Stub and body lack: ${missing.join(', ')}.`,
    path: ['fields', ...missing],
    remedy: '请补全存根和正本，骑缝处字号一致。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage: form.stage,
  });
};
