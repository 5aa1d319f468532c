import { ComplaintContactsPublished } from '#libs/contracts/events/organization.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { OrgUnit } from '../tree/org-unit.ts';
import type { Contact, UnitContacts } from './contact.ts';

type Row = UnitContacts & { unit: string };

/** What units have published, by their code. They are public: no scope narrows them. */
export const contactsOf = async (tx: Tx, units: readonly string[]): Promise<Map<string, UnitContacts>> => {
  const rows = await query<Row>(
    tx,
    'select unit, contacts, version from complaint_contact where unit = any($1::text[])',
    [units],
  );
  return new Map(rows.map(({ unit, ...published }) => [unit, published]));
};

/** Units of a range that have yet to publish a telephone number and a mailbox, by code; `after` is the last one seen. */
export const unitsWithout = async (
  tx: Tx,
  { lo, hi, after, size }: { lo: number; hi: number; after: string; size: number },
): Promise<string[]> => {
  const rows = await query<{ code: string }>(
    tx,
    `select u.code from org_unit u left join complaint_contact c on c.unit = u.code
     where u.lo >= $1 and u.hi <= $2 and u.level <> 'MINISTRY' and u.code > $3
       and not coalesce(c.contacts @> '[{"kind": "PHONE"}, {"kind": "MAILBOX"}]', false)
     order by u.code limit $4`,
    [lo, hi, after, size],
  );
  return rows.map(({ code }) => code);
};

/** Writes what a unit publishes from now on and tells of it: aggregate `complaint-contacts:<unit>`; returns its version. */
export const saveContacts = async (
  tx: Tx,
  { code, province }: Pick<OrgUnit, 'code' | 'province'>,
  contacts: readonly Contact[],
  before: number,
  at: string,
): Promise<number> => {
  const version = before + 1;
  await execute(
    tx,
    `insert into complaint_contact (unit, contacts, version) values ($1, $2::jsonb, $3)
     on conflict (unit) do update set contacts = excluded.contacts, version = excluded.version`,
    [code, JSON.stringify(contacts), version],
  );
  await recordEvents(tx, at, [
    recorded(ComplaintContactsPublished, `complaint-contacts:${code}`, version, {
      ...{ unit: code, province },
      contacts: [...contacts],
    }),
  ]);
  return version;
};
