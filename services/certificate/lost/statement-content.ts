import type { Holder } from '#libs/contracts/commands/tell-holders.ts';
import type { HolderWithout } from '#libs/law/certificate/forms.ts';
import { serialPrefixOf } from '#libs/law/certificate/number.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { type CertificateContent, openContent } from '../certificates/certificate-content.ts';
import { contentOf, issuerNameOf } from '../issue/content-of.ts';
import type { Proved } from './proved-studies.ts';
import type { FormerGraduate } from './statement-input.ts';

/** What is put on every certificate of schooling beside the studies. */
export type Sheet = {
  issuer: string;
  number: string;
  originalNumber: string;
  code: string;
  today: string;
  principal: string | null;
  signed: Pick<CertificateContent, 'handledBy' | 'handledOn' | 'responsibleBy' | 'responsibleOn'>;
};

export type Filled = { content: CertificateContent; without: HolderWithout };

/** Registration numbers are younger than many graduations: whoever has none has an empty place for it. */
const ofGraduate = (graduate: FormerGraduate, schoolName: string, issuerName: string) => ({
  ...{ studentName: graduate.name, studentNumber: null, idDocumentNumber: graduate.idDocumentNumber },
  ...{ gender: graduate.gender, birthDate: graduate.birthDate },
  ...{ nativeProvince: graduate.nativeProvince, nativeCounty: graduate.nativeCounty, schoolName, issuerName },
  ...{
    studiedFrom: graduate.studiedFrom,
    studiedTo: graduate.graduatedOn,
    graduatedOn: graduate.graduatedOn,
  },
  ...{ schoolingYears: graduate.schoolingYears, reason: null },
});

/** What a certificate of schooling states, and what its holder cannot have; `holder`: of a pupil of the register. */
export const statementContent = async (
  { directory, sealing }: Pick<ServiceCore, 'directory' | 'sealing'>,
  { known, school, province }: Proved,
  holder: Holder | undefined,
  sheet: Sheet,
): Promise<Filled | undefined> => {
  const own = {
    ...{ serialPrefix: serialPrefixOf('SCHOOLING', province), serialNumber: sheet.number, code: sheet.code },
    ...{ originalCertificateNumber: sheet.originalNumber, principal: sheet.principal },
    ...sheet.signed,
  };
  if (known.from === 'SCHOOL') {
    const issuerName = await issuerNameOf(directory, sheet.issuer);
    const content = { ...ofGraduate(known.graduate, school.name, issuerName), ...own };
    return { content, without: { idDocument: false, household: false, studentNumber: true } };
  }
  if (holder === undefined) return undefined;
  if (known.from === 'STUDY') {
    const stated = { reason: null, studiedFrom: null, studiedTo: null };
    const behind = { holder, study: known.study, school, kind: 'SCHOOLING' as const, stated, ...sheet };
    return { content: { ...(await contentOf(directory, behind)), ...own }, without: holder.without };
  }
  const was = openContent(sealing, known.original);
  const content = {
    ...was,
    ...own,
    ...{ studentName: holder.name, studentNumber: holder.studentNumber ?? was.studentNumber },
    idDocumentNumber: holder.idDocumentNumber ?? was.idDocumentNumber,
  };
  return { content, without: holder.without };
};
