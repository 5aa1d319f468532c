import type { Finding, LawPlace } from '#libs/law/finding.ts';
import { judgeContacts } from '#libs/law/ticket/contact-points.ts';
import type { UnitLevel } from '../tree/org-unit.ts';
import type { UnitContacts } from './contact.ts';

/** What a unit has yet to publish (TKT-02). */
export const judgeUnitContacts = (
  level: UnitLevel,
  { contacts }: UnitContacts,
  on: string,
  place: LawPlace,
): Finding[] => {
  const count = (wanted: string) => contacts.filter(({ kind }) => kind === wanted).length;
  return judgeContacts({ level, phones: count('PHONE'), mailboxes: count('MAILBOX') }, on, place);
};
