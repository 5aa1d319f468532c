import type { Contact } from '#services/organization/contacts/contact.ts';
import type { School } from '#services/organization/school/school.ts';

/** Nobody's: the domain is kept for examples, and no local number begins with a nought. */
const contactsOf = (unit: string): Contact[] => [
  { kind: 'PHONE', channel: `0${unit.slice(0, 3)}-0${unit}` },
  { kind: 'MAILBOX', channel: `xueji-${unit}@example.cn` },
];

/** Contacts for complaints of the authorities of these schools and of the cities and provinces above them (TKT-02). */
export const demoContacts = (
  schools: readonly Pick<School, 'unit'>[],
): { unit: string; contacts: Contact[] }[] => {
  const units = schools.flatMap(({ unit }) => [unit, `${unit.slice(0, 4)}00`, `${unit.slice(0, 2)}0000`]);
  return [...new Set(units)].sort().map((unit) => ({ unit, contacts: contactsOf(unit) }));
};
