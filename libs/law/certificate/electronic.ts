import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { CertificateKind } from './kinds.ts';

/** An electronic form that is asked for. `planStarted`: the province's plan has started there for this stage. */
export type ElectronicFacts = { kind: CertificateKind; stage: Stage; planStarted: boolean };

/**
 * Electronic certificates of graduation, completion and incompletion come step by step, by the plan of the province; they may be
 * used beside the paper and have the same force (CRT-09). A certificate of schooling is none of the three: it takes effect by
 * the seal of the authority (CRT-10).
 */
export const judgeElectronic = (facts: ElectronicFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.planStarted && facts.kind !== 'SCHOOLING') return [];
  return findingIfInForce('CRT-09', {
    message: facts.planStarted
      ? '逐步推广的电子证书为毕业、结业、肄业证书；学历证明书经主管教育行政部门验印后生效，不发放电子证书。'
      : '本省推广使用电子证书的计划在该学段尚未开始实施。',
    messageEn: facts.planStarted
      ? 'Electronic forms are for graduation, completion and incompletion; a certificate of schooling takes effect by its seal.'
      : 'The plan of the province for electronic certificates has not started at this stage.',
    path: ['medium'],
    remedy: facts.planStarted ? '请出具纸质学历证明书并验印。' : '请发放纸质证书；待省级计划实施后再发放。',
    ownerLevel: facts.planStarted ? 'COUNTY' : 'PROVINCE',
    on,
    place,
    stage: facts.stage,
  });
};

/** The electronic form of a certificate is given by who issued the certificate, and by nobody else (CRT-09). */
export const judgeElectronicIssuer = (
  facts: { byIssuer: boolean; stage: Stage },
  on: IsoDate,
  place: LawPlace,
): Finding[] =>
  facts.byIssuer
    ? []
    : findingIfInForce('CRT-09', {
        code: 'ISSUER_NOT_AUTHORISED',
        outcome: 'REJECT',
        message: '电子证书只能由该证书的发证单位签发。',
        messageEn: 'Only the issuer of the certificate gives its electronic form.',
        path: ['issuer'],
        remedy: '请由发证单位办理。',
        ownerLevel: 'COUNTY',
        on,
        place,
        stage: facts.stage,
      });

/** Everything that an electronic certificate may carry. */
export type ElectronicCertificate = {
  number: string;
  kind: CertificateKind;
  stage: Stage;
  holderName: string;
  schoolName: string;
  issuerName: string;
  /** Month in which studies ended, `yyyy-mm`. */
  endedIn: string;
  issuedOn: IsoDate;
};

const CARRIED: readonly (keyof ElectronicCertificate)[] = [
  'number',
  'kind',
  'stage',
  'holderName',
  'schoolName',
  'issuerName',
  'endedIn',
  'issuedOn',
];

/**
 * The least that proves a certificate: who holds it, what it is, where and when it was earned and who issued it. Numbers of
 * persons and registrations, day of birth, gender, origin, marks, health and discipline are left behind (PRV-14).
 */
export const leastDataOf = (known: ElectronicCertificate): ElectronicCertificate => {
  enforces('PRV-14');
  const { number, kind, stage, holderName, schoolName, issuerName, endedIn, issuedOn } = known;
  return { number, kind, stage, holderName, schoolName, issuerName, endedIn, issuedOn };
};

/** The names in a document that an electronic certificate must not carry; a reader refuses a document that has any. */
export const superfluousFields = (document: Readonly<Record<string, unknown>>): string[] =>
  Object.keys(document).filter((field) => !(CARRIED as readonly string[]).includes(field));

/** True where some text knows electronic certificates on the day. */
export const knowsElectronicCertificates = (on: IsoDate, place: LawPlace): boolean =>
  isInForce('CRT-09', on, place);
