import type { FileComplaintMutationVariables } from './generated/file-complaint.ts';

type Input = FileComplaintMutationVariables['input'];

/** What is filled in so far. */
export type ComplaintDraft = Pick<Partial<Input>, 'matter' | 'fault' | 'against' | 'channel'> & {
  name?: string;
  phone?: string;
};

/** By what the receiver is found: whom it is about, whose system, against whom. */
export const problemOf = (student: string, { fault, against }: ComplaintDraft) => ({
  student,
  ...(fault && { fault }),
  ...(against && against.length > 0 && { against: against.map((code) => code.trim()) }),
});

/** The complaint, once it is said what is the matter and who says so. */
export const complaintOf = (
  student: string,
  draft: ComplaintDraft,
): Omit<Input, 'idempotencyKey'> | undefined => {
  const { matter, name, phone, channel } = draft;
  if (!matter?.trim() || !name?.trim() || !phone?.trim()) return undefined;
  return {
    ...problemOf(student, draft),
    matter,
    reporter: { name, phone },
    ...(channel && { channel }),
  };
};
