import type { Actor } from '#libs/platform/actor/actor.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker, inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import {
  type Connection,
  connectionOf,
  type PageArguments,
  pageSize,
  readCursor,
} from '#libs/platform/subgraph/connection.ts';
import type { NoticeKind, NoticeRecipient } from './notice.ts';

/** A notice as its addressee sees it. */
export type NoticeView = {
  id: string;
  kind: NoticeKind;
  recipient: NoticeRecipient;
  addressee: string;
  person: string | null;
  /** Entry of the dropout ledger that it is about. */
  entry: string | null;
  school: string | null;
  sender: string;
  sentAt: string;
  sealed: Buffer | null;
};

type Row = {
  notice_id: string;
  kind: NoticeKind;
  recipient: NoticeRecipient;
  addressee: string;
  person_id: string | null;
  entry_id: string | null;
  school: string | null;
  sender: string;
  sent_at: Date;
  sealed: Buffer | null;
};

const viewOf = (row: Row): NoticeView => ({
  id: row.notice_id,
  kind: row.kind,
  recipient: row.recipient,
  addressee: row.addressee,
  person: row.person_id,
  entry: row.entry_id,
  school: row.school,
  sender: row.sender,
  sentAt: new Date(row.sent_at).toISOString(),
  sealed: row.sealed,
});

const columns = `notice_id, kind, recipient, addressee, person_id, entry_id, school, sender, sent_at, sealed`;

type Asking = { core: ServiceCore; actor: Actor | null };

/**
 * Whose post it is: a township's by its own code in the token, an authority's by its unit. A level above sees nothing
 * of what was written to another.
 */
const addresseeOf = ({ actor }: Asking): { addressee: string; township: boolean } => {
  if (actor !== null && isGranted(actor, 'notice.read-as-township')) {
    if (actor.township === undefined || actor.township.slice(0, 6) !== actor.unit) throw outOfJurisdiction();
    return { addressee: actor.township, township: true };
  }
  const caller = authorize(actor, 'notice.read');
  return { addressee: caller.unit ?? '', township: false };
};

/** The notices addressed to the caller's own unit or township, newest first; read-only (scopes, section 1). */
export const listNotices = async (
  asking: Asking,
  kind: NoticeKind | null,
  page: PageArguments,
): Promise<Connection<NoticeView>> => {
  const { addressee, township } = addresseeOf(asking);
  const { core, actor } = asking;
  const size = pageSize(page.first);
  const after = readCursor(page.after, ['INSTANT', 'UUID']);
  const read = (tx: Tx) =>
    query<Row>(
      tx,
      `select ${columns} from official_notice where addressee = $1 and ($2::text is null or kind = $2)
         and ($3::timestamptz is null or (sent_at, notice_id) < ($3::timestamptz, $4::uuid))
       order by sent_at desc, notice_id desc limit $5`,
      [addressee, kind, after?.[0] ?? null, after?.[1] ?? null, size + 1],
    );
  const rows =
    township || actor === null
      ? await asWorker(core.worker, read)
      : await inScope(core.app, await core.directory.scopeOf(actor), read);
  return connectionOf(
    rows.map(viewOf),
    size,
    page.after,
    (row) => [row.sentAt, row.id],
    (row) => row,
  );
};
