import { isInForce } from '#libs/law/finding.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { openContent } from '../certificates/certificate-content.ts';
import { issuerNameOf } from '../issue/content-of.ts';
import { CompletionPaper, SchoolingPaper, type TwoPartPaper } from '../paper/paper.ts';
import { lawPlaceOf } from '../procedure/law-place.ts';
import type { PrintNotes } from './print.ts';

/** The page of the check; the code stands where no browser sends it on and no server writes it down. */
export const checkAddressOf = (publicUrl: string, code: string): string => `${publicUrl}/check#${code}`;

const monthOf = (day: string): string => day.slice(0, 7);

/**
 * What stands on the paper of a certificate, as it was on the day of issue. The head names the province where the forms of its
 * annexes are in force (CRT-12); elsewhere the same layout is ours, without a province.
 */
export const paperOf = async (
  { directory, sealing, config }: Pick<ServiceCore, 'directory' | 'sealing' | 'config'>,
  certificate: Certificate,
  { descriptions }: PrintNotes,
): Promise<TwoPartPaper> => {
  const { kind, stage, issuedOn, copies } = certificate;
  const content = openContent(sealing, certificate);
  const place = lawPlaceOf(await directory.school(certificate.school), certificate.province);
  const isFormOfProvince = isInForce('CRT-12', issuedOn, place, stage);
  const province = isFormOfProvince ? (await directory.unit(certificate.province))?.name : undefined;
  const shared = {
    ...{ province: province ?? null, serialPrefix: content.serialPrefix, serialNumber: content.serialNumber },
    ...{ studentName: content.studentName, studentNumber: content.studentNumber },
    ...{ idDocumentNumber: content.idDocumentNumber, gender: content.gender },
    ...{ nativeProvince: content.nativeProvince, nativeCounty: content.nativeCounty },
    ...{ studiedFrom: monthOf(content.studiedFrom), studiedTo: monthOf(content.studiedTo) },
    ...{ handledBy: content.handledBy, handledOn: content.handledOn },
    ...{ responsibleBy: content.responsibleBy, responsibleOn: content.responsibleOn },
    ...{ stubDate: issuedOn, principal: content.principal, schoolName: content.schoolName, issuedOn },
    ...{ checkAddress: checkAddressOf(config.PUBLIC_URL, content.code), checkCode: content.code },
    descriptions,
  };
  if (kind !== 'SCHOOLING') {
    return CompletionPaper.parse({ ...shared, kind, reason: content.reason, isCopy: copies > 0 });
  }
  const authority = certificate.sealing?.authority ?? '';
  return SchoolingPaper.parse({
    ...shared,
    kind,
    graduatedOn: monthOf(content.graduatedOn ?? content.studiedTo),
    schoolingYears: content.schoolingYears,
    originalCertificateNumber: content.originalCertificateNumber,
    authorityName: await issuerNameOf(directory, authority),
  });
};
