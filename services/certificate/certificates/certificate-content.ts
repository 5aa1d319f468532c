import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { Gender } from '#libs/contracts/vocabulary.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Certificate } from './certificate.ts';

const Text = z.string().max(300);

/**
 * What the paper states of its holder, as it was on the day of issue: a later change of a name does not alter a certificate.
 * Null: nothing was on file, and the paper leaves the place empty.
 */
export const CertificateContent = z.object({
  studentName: Text,
  studentNumber: Text.nullable(),
  idDocumentNumber: Text.nullable(),
  gender: Gender,
  birthDate: Day,
  nativeProvince: Text.nullable(),
  nativeCounty: Text.nullable(),
  schoolName: Text,
  issuerName: Text,
  /** First and last day of the studies; the papers print year and month. */
  studiedFrom: Day,
  studiedTo: Day,
  graduatedOn: Day.nullable(),
  /** School years that the stage takes there. */
  schoolingYears: z.int(),
  /** The words before the serial, at the joint of stub and body. */
  serialPrefix: Text,
  serialNumber: Text,
  originalCertificateNumber: Text.nullable(),
  /** On the stub alone: why studies ended without graduation. */
  reason: Text.nullable(),
  handledBy: Text,
  handledOn: Day,
  responsibleBy: Text,
  responsibleOn: Day,
  /** Name of the principal on the day of issue; null where the school had filed none, or a unit acts for it. */
  principal: Text.nullable().default(null),
  /** What anybody needs to look the certificate up, unguessable; it stands in the QR code. */
  code: z.string(),
});
export type CertificateContent = z.infer<typeof CertificateContent>;

/** Binds sealed content to its certificate. */
export const contentContext = ({ person, id }: Pick<Certificate, 'person' | 'id'>): string =>
  `certificate:${person}:${id}`;

/** Seals what a paper states. */
export const sealContent = (
  sealing: Sealing,
  certificate: Pick<Certificate, 'person' | 'id'>,
  content: CertificateContent,
): Buffer => sealing.seal(JSON.stringify(content), contentContext(certificate));

/** What the paper of a certificate states; throws where it was altered or belongs to another. */
export const openContent = (
  sealing: Sealing,
  certificate: Pick<Certificate, 'person' | 'id' | 'content'>,
): CertificateContent =>
  CertificateContent.parse(
    JSON.parse(sealing.open(Buffer.from(certificate.content), contentContext(certificate))),
  );
