import { z } from 'zod';
import { Gender } from '#libs/contracts/vocabulary.ts';

const text = (longest: number) => z.string().trim().min(1).max(longest);
const Day = z.iso.date();
const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const Person = text(60);

/** Where anybody may check the paper: the address in the code, which names the number of the certificate and no person. */
const CheckAddress = z.url().max(120);

/**
 * What is known of the form of characters that no type has: a description sequence or words, by the character.
 * It is printed in the note at the foot beside the code point.
 */
const Descriptions = z.record(z.string().max(4), text(40)).default({});

const Shared = z.strictObject({
  /** Province at the head of the form; null where the form is ours. */
  province: text(12).nullable(),
  /** The words before the serial (字), as 晋毕证字. */
  serialPrefix: text(12),
  serialNumber: text(40),
  studentName: Person,
  /** Null where the record has none; the paper leaves the place empty. */
  studentNumber: text(30).nullable(),
  idDocumentNumber: text(40).nullable(),
  gender: Gender,
  nativeProvince: text(30).nullable(),
  nativeCounty: text(60).nullable(),
  studiedFrom: Month,
  studiedTo: Month,
  handledBy: Person,
  handledOn: Day,
  responsibleBy: Person,
  responsibleOn: Day,
  stubDate: Day,
  principal: Person.nullable(),
  schoolName: text(100),
  issuedOn: Day,
  checkAddress: CheckAddress,
  /** What to enter where the code in the picture cannot be read. */
  checkCode: text(40),
  descriptions: Descriptions,
  /** A copy made from the stub, which is marked as one. */
  isCopy: z.boolean().default(false),
});

/** A filled form F4: completion or incompletion, with the reason that stands on the stub alone. */
export const CompletionPaper = Shared.extend({
  kind: z.enum(['COMPLETION', 'INCOMPLETION']),
  reason: text(200).nullable(),
});

/** A filled form F5: schooling, in place of a lost graduation certificate. */
export const SchoolingPaper = Shared.extend({
  kind: z.literal('SCHOOLING'),
  graduatedOn: Month,
  schoolingYears: z.int().min(1).max(12),
  originalCertificateNumber: text(40),
  authorityName: text(100),
});

/** The page that shows an electronic certificate: the least data, no numbers of persons or registrations. */
export const ElectronicPage = z.strictObject({
  kind: z.enum(['GRADUATION', 'COMPLETION', 'INCOMPLETION']),
  stage: z.enum(['PRIMARY', 'JUNIOR', 'SENIOR']),
  number: text(40),
  holderName: Person,
  schoolName: text(100),
  issuerName: text(100),
  /** Month in which studies ended. */
  endedIn: Month,
  issuedOn: Day,
  checkAddress: CheckAddress,
  checkCode: text(40),
  descriptions: Descriptions,
});

export type CompletionPaper = z.infer<typeof CompletionPaper>;
export type SchoolingPaper = z.infer<typeof SchoolingPaper>;
export type TwoPartPaper = CompletionPaper | SchoolingPaper;
export type ElectronicPage = z.infer<typeof ElectronicPage>;
