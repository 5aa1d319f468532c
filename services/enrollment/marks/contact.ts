import { z } from 'zod';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';

/** How the school reached for the family. */
export const ContactMeans = z.enum(['PHONE', 'HOME_VISIT', 'LETTER', 'MESSAGE', 'MEETING', 'OTHER']);
export type ContactMeans = z.infer<typeof ContactMeans>;

/** What the contact was about. */
export const ContactAbout = z.enum(['SUSPENSION', 'ABSENCE', 'DROPOUT', 'OTHER']);
export type ContactAbout = z.infer<typeof ContactAbout>;

/** A contact with the family as it is kept; what was said is sealed under `contactContext`. */
export type Contact = {
  person: string;
  id: string;
  enrollment: string;
  school: string;
  place: number;
  contactedOn: string;
  means: ContactMeans;
  about: ContactAbout;
  reached: boolean;
  sealed: Buffer | null;
  loggedBy: string;
  loggedAt: string;
};

/** Context under which the words of a contact are sealed. */
export const contactContext = (id: string): string => `guardian-contact:${id}`;

type Row = {
  person_id: string;
  contact_id: string;
  enrollment_id: string;
  school: string;
  place: string;
  contacted_on: string;
  means: ContactMeans;
  about: ContactAbout;
  reached: boolean;
  sealed: Buffer | null;
  logged_by: string;
  logged_at: Date;
};

/** Contacts about a registration, oldest first, as far as the scope covers them. */
export const contactsAbout = async (
  tx: Tx,
  { person, enrollment }: { person: string; enrollment: string },
): Promise<Contact[]> => {
  const rows = await query<Row>(
    tx,
    `select person_id, contact_id, enrollment_id, school, place, contacted_on::text, means, about, reached, sealed,
            logged_by, logged_at
     from guardian_contact where person_id = $1 and enrollment_id = $2 order by contacted_on, contact_id limit 500`,
    [person, enrollment],
  );
  return rows.map((row) => ({
    person: row.person_id,
    id: row.contact_id,
    enrollment: row.enrollment_id,
    school: row.school,
    place: Number(row.place),
    contactedOn: row.contacted_on,
    means: row.means,
    about: row.about,
    reached: row.reached,
    sealed: row.sealed,
    loggedBy: row.logged_by,
    loggedAt: new Date(row.logged_at).toISOString(),
  }));
};

export const insertContact = async (tx: Tx, contact: Contact): Promise<void> => {
  await execute(
    tx,
    `insert into guardian_contact (person_id, contact_id, place, school, enrollment_id, contacted_on, means, about,
       reached, sealed, logged_by, logged_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      contact.person,
      contact.id,
      contact.place,
      contact.school,
      contact.enrollment,
      contact.contactedOn,
      contact.means,
      contact.about,
      contact.reached,
      contact.sealed,
      contact.loggedBy,
      contact.loggedAt,
    ],
  );
};

/** How often the family was contacted about one of these from a day on: what the law asks for is the log, not a word. */
export const contactsSince = (
  contacts: readonly Contact[],
  since: string,
  about: readonly ContactAbout[],
): number => contacts.filter((each) => each.contactedOn >= since && about.includes(each.about)).length;
