import { z } from 'zod';
import { Day, SchoolCode } from '#libs/contracts/ids.ts';
import { ENQUIRY_CHANNELS } from '#libs/law/ticket/enquiry.ts';

const Named = z.object({
  name: z.string().trim().min(1).max(120),
  documentNumber: z.string().trim().min(4).max(60),
});

/** What a caller says who asks for a number, as the call centre takes it down. */
export const EnquiryInput = z
  .object({
    idempotencyKey: z.string().min(1).max(200),
    channel: z.enum(ENQUIRY_CHANNELS),
    asks: z.enum(['STUDENT', 'GUARDIAN', 'OTHER']),
    student: Named,
    guardian: Named.nullish(),
    birthDate: Day.nullish(),
    school: SchoolCode.nullish(),
    phone: z.string().trim().max(40).nullish(),
  })
  .refine(({ asks, guardian }) => asks !== 'GUARDIAN' || guardian, {
    path: ['guardian'],
    message: '监护人查询须填写监护人姓名和证件号码。 A guardian gives name and document.',
  });
export type EnquiryInput = z.infer<typeof EnquiryInput>;
