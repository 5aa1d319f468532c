import { z } from 'zod';
import { ComplaintChannel } from '#libs/contracts/events/organization.ts';

const TELEPHONE = /^\+?[0-9][0-9 -]{3,23}$/;

/** A telephone number or a mailbox for complaints, as an authority publishes it. */
export const Contact = z
  .object({ kind: ComplaintChannel, channel: z.string().trim().min(1).max(200) })
  .refine(
    ({ kind, channel }) =>
      kind === 'PHONE' ? TELEPHONE.test(channel) : z.email().safeParse(channel).success,
    {
      path: ['channel'],
      message: '不是电话号码或邮箱地址。 This is no telephone number, or no mailbox.',
    },
  );
export type Contact = z.infer<typeof Contact>;

/** What a unit has published, and in which version; nothing in version 0. */
export type UnitContacts = { contacts: readonly Contact[]; version: number };
