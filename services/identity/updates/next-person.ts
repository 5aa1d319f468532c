import { z } from 'zod';
import { GuardianFacts, ProfileFacts } from '#libs/contracts/person-form.ts';
import type { HeldGuardian, HeldPerson } from '../person/held-person.ts';
import { guardianOf, type Items, type ItemValue, REMOVED } from './proposal.ts';

const profileFields: ReadonlySet<string> = new Set(Object.keys(ProfileFacts.shape));

/** Items of a person that are neither of the profile nor of a guardian, and where they are kept. */
const ownFields: Readonly<Record<string, 'formerName' | 'nationality' | 'overseasCategory' | 'ethnicGroup'>> =
  {
    formerName: 'formerName',
    nationalityOrRegion: 'nationality',
    overseasCategory: 'overseasCategory',
    ethnicGroup: 'ethnicGroup',
  };

const provincial = 'provincial.';

const fieldOf = (fields: Readonly<Record<string, unknown>>, name: string): ItemValue => {
  const value = fields[name];
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
};

/** What an item says now; null where it says nothing. */
export const presentValue = (held: HeldPerson, item: string): ItemValue => {
  const guardian = guardianOf(item);
  if (guardian !== undefined) {
    const line = held.guardians.find(({ position }) => position === guardian.position);
    if (guardian.item === REMOVED) return line === undefined;
    return line === undefined ? null : fieldOf(line, guardian.item);
  }
  if (item.startsWith(provincial)) return held.provincial[item.slice(provincial.length)] ?? null;
  const own = ownFields[item];
  return own === undefined ? fieldOf(held.profile, item) : held[own];
};

/** The items that say something else than what is kept. */
export const changedOf = (held: HeldPerson, items: Items): Items =>
  Object.fromEntries(Object.entries(items).filter(([item, value]) => presentValue(held, item) !== value));

/** A line of the form before anything of it is known. */
const emptyLine = (position: number) => ({
  position,
  name: '',
  relation: 'OTHER' as const,
  isLegalGuardian: false,
  ethnicGroup: null,
  idDocumentType: 'NONE' as const,
  idDocumentNumber: null,
  workUnit: null,
  householdAddress: null,
  phone: null,
});

const Line = GuardianFacts.extend({ position: z.int(), name: z.string() });

const nextGuardians = (held: HeldPerson, items: Items): HeldGuardian[] => {
  const lines = new Map<number, Record<string, unknown>>(
    held.guardians.map((line) => [line.position, { ...line }]),
  );
  for (const [item, value] of Object.entries(items)) {
    const guardian = guardianOf(item);
    if (guardian === undefined) continue;
    if (guardian.item === REMOVED) lines.delete(guardian.position);
    else {
      const line = lines.get(guardian.position) ?? emptyLine(guardian.position);
      lines.set(guardian.position, { ...line, [guardian.item]: value });
    }
  }
  return [...lines.values()]
    .map((line) => Line.parse(line))
    .sort((one, other) => one.position - other.position);
};

/** The person as it would be kept after a change. */
export const personAfter = (held: HeldPerson, items: Items): HeldPerson => {
  const entries = Object.entries(items);
  const part = (keeps: (item: string) => boolean): Record<string, ItemValue> =>
    Object.fromEntries(entries.filter(([item]) => keeps(item)));
  const own = Object.fromEntries(
    entries.flatMap(([item, value]) => (ownFields[item] === undefined ? [] : [[ownFields[item], value]])),
  );
  const beside = Object.entries(part((item) => item.startsWith(provincial))).map(
    ([item, value]) => [item.slice(provincial.length), value] as const,
  );
  return {
    ...held,
    ...own,
    profile: ProfileFacts.parse({ ...held.profile, ...part((item) => profileFields.has(item)) }),
    provincial: Object.fromEntries(
      Object.entries({ ...held.provincial, ...Object.fromEntries(beside) }).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value] as const] : [],
      ),
    ),
    guardians: nextGuardians(held, items),
  };
};
