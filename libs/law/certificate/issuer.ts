import type { IsoDate } from '../dates.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, type FindingSpec, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import { isCompulsory, type Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import { CERTIFICATE_NAMES, type CertificateKind } from './kinds.ts';

/** A certificate and the school that the student left. */
export type IssuerFacts = {
  kind: CertificateKind;
  stage: Stage;
  /** Code of the school; of whoever acts in its place where it is no more (CRT-14). */
  school: string;
  /** Code of the school's competent authority. */
  competentAuthority: string;
  /** The province itself runs the school (省直管学校). */
  runByProvince: boolean;
};

/** Who issues: `SCHOOL` or an authority of a level, with its code. */
export type Issuer = { by: 'SCHOOL' | 'COMPETENT_AUTHORITY' | 'CITY' | 'PROVINCE'; code: string };

/**
 * Who numbers, seals and issues a certificate. Graduation from primary and junior school: the competent authority
 * (CRT-01). From senior school in Shanxi: the city, and the province for the schools that it runs itself (CRT-03).
 * Completion and incompletion: the school in Shanxi (CRT-06), the competent authority elsewhere (CRT-08). A certificate
 * of schooling: the school, under the authority's seal (CRT-10). Undefined where no text speaks.
 */
export const issuerOf = (facts: IssuerFacts, on: IsoDate, place: LawPlace): Issuer | undefined => {
  const school: Issuer = { by: 'SCHOOL', code: facts.school };
  const authority: Issuer = { by: 'COMPETENT_AUTHORITY', code: facts.competentAuthority };
  switch (facts.kind) {
    case 'GRADUATION':
      if (facts.stage === 'SENIOR' && isInForce('CRT-03', on, place, facts.stage)) {
        return seniorIssuer(facts, place, authority);
      }
      return isInForce('CRT-01', on, place) || isInForce('CRT-08', on, place) ? authority : undefined;
    case 'COMPLETION':
    case 'INCOMPLETION': {
      const value = resolve('completionCertificateIssuer', place, on).value;
      if (!value) return undefined;
      return value === 'AUTHORITY' ? authority : school;
    }
    case 'SCHOOLING':
      return school;
  }
};

const seniorIssuer = (facts: IssuerFacts, place: LawPlace, authority: Issuer): Issuer => {
  if (facts.runByProvince) return { by: 'PROVINCE', code: place.province };
  return place.city ? { by: 'CITY', code: place.city } : authority;
};

/** Nobody else issues a certificate; `issuer`: the unit that wants to. */
export const judgeIssuer = (
  facts: IssuerFacts & { issuer: string },
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const lawful = issuerOf(facts, on, place);
  if (!lawful || lawful.code === facts.issuer) return [];
  const spec: FindingSpec = {
    code: 'ISSUER_NOT_AUTHORISED',
    outcome: 'REJECT',
    message: `该${CERTIFICATE_NAMES[facts.kind]}应由${NAMES[lawful.by]}发放，本单位无权发放。`,
    messageEn: `The certificate is issued by ${lawful.by}, not by this unit.`,
    path: ['issuer'],
    remedy: `请由${NAMES[lawful.by]}编号、验印、发放。`,
    ownerLevel: OWNERS[lawful.by],
    on,
    place,
    stage: facts.stage,
  };
  return prevailing(ruleOfIssuer(facts, spec), findingIfInForce('CRT-08', spec));
};

const ruleOfIssuer = ({ kind, stage }: IssuerFacts, spec: FindingSpec): Finding[] => {
  if (kind === 'SCHOOLING') return findingIfInForce('CRT-10', spec);
  if (kind !== 'GRADUATION') return findingIfInForce('CRT-06', spec);
  return isCompulsory(stage) ? findingIfInForce('CRT-01', spec) : findingIfInForce('CRT-03', spec);
};

const NAMES: Readonly<Record<Issuer['by'], string>> = {
  SCHOOL: '学校',
  COMPETENT_AUTHORITY: '学校主管教育行政部门',
  CITY: '市级教育行政部门',
  PROVINCE: '省级教育行政部门',
};

const OWNERS: Readonly<Record<Issuer['by'], 'SCHOOL' | 'COUNTY' | 'CITY' | 'PROVINCE'>> = {
  SCHOOL: 'SCHOOL',
  COMPETENT_AUTHORITY: 'COUNTY',
  CITY: 'CITY',
  PROVINCE: 'PROVINCE',
};

/** Whoever acts for a graduating school. `custodian`: the unit that keeps its archives, null while none is known. */
export type ActingSchoolFacts = {
  school: string;
  schoolExists: boolean;
  custodian: string | null;
  actingUnit: string;
  stage: Stage;
};

/** Where the graduating school is no more the custodian of its archives acts in its place; others wait for that (CRT-14). */
export const judgeActingSchool = (facts: ActingSchoolFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const lawful = facts.schoolExists ? facts.school : facts.custodian;
  if (lawful === facts.actingUnit) return [];
  return findingIfInForce('CRT-14', {
    message: facts.schoolExists
      ? '学历证明书由毕业学校出具。'
      : '毕业学校已合并或撤销，由其学籍档案的保管单位代为出具。',
    messageEn: facts.schoolExists
      ? 'The graduating school itself gives the certificate of schooling.'
      : 'The graduating school is no more; the custodian of its archives acts in its place.',
    path: ['school'],
    remedy: '请核对毕业学校及其学籍档案的保管单位。',
    ownerLevel: 'COUNTY',
    on,
    place,
    stage: facts.stage,
  });
};
