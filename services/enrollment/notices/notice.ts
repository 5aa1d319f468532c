import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { unavailable } from '#libs/platform/errors/errors.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

/** What a notice is about. */
export const NoticeKind = z.enum(['AWAY', 'DROPOUT', 'MIGRANT_DROPOUT', 'RETURN_ORDER']);
export type NoticeKind = z.infer<typeof NoticeKind>;

/** As what its addressee is told (ENR-56, ENR-59, ENR-61, ENR-62). */
export const NoticeRecipient = z.enum([
  'TOWNSHIP_OR_SUBDISTRICT',
  'COUNTY_EDUCATION',
  'REGISTRY_AUTHORITY',
  'HOUSEHOLD_COUNTY',
]);
export type NoticeRecipient = z.infer<typeof NoticeRecipient>;

/** Code of a township or sub-district (GB/T 10114): the six digits of its county, and three of its own. */
export const TownshipCode = z.string().regex(/^\d{9}$/);

/** Context under which the words of a notice are sealed. */
export const noticeContext = (id: string): string => `notice:${id}`;

export type NoticeToSend = {
  kind: NoticeKind;
  recipient: NoticeRecipient;
  /** Code of a unit of the tree, or of a township. */
  addressee: string;
  person: string | null;
  entry: string | null;
  /** The school that it is about. */
  school: string | null;
  /** Code of the school or unit that sends it, and who did. */
  sender: string;
  sentBy: string;
  sentAt: string;
  /** The written report itself. */
  content: string | null;
};

/** The place of an addressee in the tree: a unit's own, for a township that of its county. Undefined where unknown. */
export const placeOfAddressee = async (core: ServiceCore, addressee: string): Promise<number | undefined> =>
  (await core.directory.rangeOf(addressee.slice(0, 6)))?.lo;

/** Puts a notice before its addressee, in a worker's transaction: the row lies in the addressee's place. */
export const sendNotice = async (core: ServiceCore, tx: Tx, notice: NoticeToSend): Promise<void> => {
  const place = await placeOfAddressee(core, notice.addressee);
  if (place === undefined) throw unavailable('the addressee');
  const id = uuidv7();
  await execute(
    tx,
    `insert into official_notice (notice_id, place, addressee, recipient, kind, person_id, entry_id, school, sent_by,
       sender, sent_at, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      place,
      notice.addressee,
      notice.recipient,
      notice.kind,
      notice.person,
      notice.entry,
      notice.school,
      notice.sentBy,
      notice.sender,
      notice.sentAt,
      notice.content === null ? null : core.sealing.seal(notice.content, noticeContext(id)),
    ],
  );
};
