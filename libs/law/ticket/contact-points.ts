import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import type { TicketLevel } from './scope.ts';

/** What an authority has published for complaints. */
export type PublishedContacts = { level: TicketLevel; phones: number; mailboxes: number };

/** From the province downward every authority publishes a telephone number and a mailbox; what is missing is on record (TKT-02). */
export const judgeContacts = (
  { level, phones, mailboxes }: PublishedContacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  if (level === 'MINISTRY') return [];
  const missing = [...(phones > 0 ? [] : ['phone']), ...(mailboxes > 0 ? [] : ['mailbox'])];
  return missing.map((field) =>
    finding('TKT-02', {
      message: field === 'phone' ? '未公开学籍投诉受理电话。' : '未公开学籍投诉受理邮箱。',
      messageEn: `No ${field} for complaints is published.`,
      path: [field],
      remedy: '请公布受理电话和邮箱。',
      ownerLevel: level,
      on,
      place,
    }),
  );
};
