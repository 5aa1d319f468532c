import type { Holder } from '#libs/contracts/commands/tell-holders.ts';
import type { SchoolFact } from '#libs/contracts/events/organization.ts';
import type { EnrollmentStatus } from '#libs/contracts/vocabulary.ts';
import type { CertificateKind } from '#libs/law/certificate/kinds.ts';
import { serialPrefixOf } from '#libs/law/certificate/number.ts';
import { authorityNameOf } from '#libs/law/organization/authority-name.ts';
import type { Directory } from '#libs/platform/directory/directory.ts';
import type { CertificateContent } from '../certificates/certificate-content.ts';
import type { Stated } from '../outcomes/outcome.ts';
import type { Study } from '../studies/study.ts';

/** Everything from which the content of a paper is put together. */
export type Behind = {
  holder: Holder;
  study: Study;
  school: SchoolFact;
  kind: CertificateKind;
  number: string;
  issuer: string;
  stated: Pick<Stated, 'reason' | 'studiedFrom' | 'studiedTo'>;
  signed: { handledBy: string; handledOn: string; responsibleBy: string; responsibleOn: string };
  originalNumber: string | null;
  code: string;
  today: string;
  principal: string | null;
};

const reasons: Partial<Record<EnrollmentStatus, string>> = {
  COMPLETED: '学习期满，未达到毕业条件',
  WITHDRAWN: '退学',
  EXPELLED: '开除学籍',
  ABROAD: '出国（境）就读',
  LEFT_OTHER: '未完成学业，终止学习',
};

/** The name under which a school or a unit issues and seals, by its code. */
export const issuerNameOf = async (directory: Directory, code: string): Promise<string> => {
  if (code.length === 10) return (await directory.school(code))?.name ?? code;
  const unit = await directory.unit(code);
  return unit === undefined ? code : authorityNameOf(unit);
};

/** Province and county of the household, by its division code. */
const nativeOf = async (
  directory: Directory,
  division: string | null,
): Promise<{ province: string | null; county: string | null }> => {
  const units = await directory.units();
  const unit = units.get(division ?? '');
  const province = unit && units.get(unit.province);
  return { province: province?.name ?? null, county: unit?.name ?? null };
};

/** What the paper states, as things stand on the day of issue. */
export const contentOf = async (directory: Directory, behind: Behind): Promise<CertificateContent> => {
  const { holder, study, school, kind, stated, today } = behind;
  const native = await nativeOf(directory, holder.division);
  const years = school.stages.find(({ stage }) => stage === study.stage);
  const endedOn = stated.studiedTo ?? study.endedOn ?? today;
  const isGraduation = kind === 'GRADUATION' || kind === 'SCHOOLING';
  return {
    studentName: holder.name,
    ...{ studentNumber: holder.studentNumber, idDocumentNumber: holder.idDocumentNumber },
    ...{ gender: holder.gender, birthDate: holder.birthDate },
    ...{ nativeProvince: native.province, nativeCounty: native.county },
    ...{ schoolName: school.name, issuerName: await issuerNameOf(directory, behind.issuer) },
    studiedFrom: stated.studiedFrom ?? study.joinedOn ?? `${study.entryYearAdj}-09-01`,
    studiedTo: endedOn,
    graduatedOn: isGraduation ? (study.endedOn ?? endedOn) : null,
    schoolingYears: years === undefined ? study.lastGrade : years.lastYear - years.firstYear + 1,
    ...{ serialPrefix: serialPrefixOf(kind, school.province), serialNumber: behind.number },
    originalCertificateNumber: behind.originalNumber,
    reason: isGraduation ? null : (stated.reason ?? reasons[study.status] ?? null),
    ...behind.signed,
    principal: behind.principal,
    code: behind.code,
  };
};
