import type { EnquiryChannel, EnquiryFacts } from '#libs/law/ticket/enquiry.ts';

/** How an enquiry ended: the number was told, or not. */
export type EnquiryOutcome = 'TOLD' | 'REFUSED';

/** An enquiry as the log holds it; never altered. */
export type Enquiry = {
  id: string;
  /** The unit whose call centre answered, and where it stands in the tree. */
  unit: string;
  place: number;
  province: string;
  at: string;
  by: string;
  channel: EnquiryChannel;
  asks: EnquiryFacts['asks'];
  outcome: EnquiryOutcome;
  /** Whose number was told; nobody where it was refused. */
  student: string | null;
  sealed: Uint8Array;
};

/** Who asked, and for whom, in the words of the caller. */
export type EnquiryWords = { enquirer: string; student: string };

/** Context under which the words of an enquiry are sealed. */
export const enquiryContext = (id: string): string => `number-enquiry:${id}`;
