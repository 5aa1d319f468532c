import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import type { Logged } from './log.ts';

/** Whose parked events: a consumer of a source. */
export type Consumption = { consumer: string; source: string };

const unreadable = '(unreadable)';

/** The aggregate that an entry belongs to; entries that cannot be read share one, so that they stay in order. */
export const aggregateOf = (entry: Logged): string => {
  const subject: unknown = (entry.event as { subject?: unknown } | null)?.subject;
  return typeof subject === 'string' ? subject : unreadable;
};

/** JSON that the database takes whatever it holds: a text column knows neither NUL nor half a surrogate pair. */
const storable = (event: unknown): string =>
  JSON.stringify(event ?? null, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd').toWellFormed() : value,
  );

/** Sets entries aside, whole as they came, with the reason. */
export const parkEntries = (
  tx: Tx,
  { consumer, source }: Consumption,
  entries: readonly Logged[],
  reason: string,
): Promise<number> =>
  execute(
    tx,
    `insert into inbox_parked (consumer, source, seq, aggregate_id, event, reason, parked_at)
     select $1, $2, seq, aggregate, event, $6, now()
     from unnest($3::bigint[], $4::text[], $5::jsonb[]) as parked (seq, aggregate, event)
     on conflict do nothing`,
    [
      consumer,
      source,
      entries.map((entry) => entry.seq),
      entries.map(aggregateOf),
      entries.map((entry) => storable(entry.event)),
      reason,
    ],
  );

/** The aggregates of these entries of which something is parked. */
export const parkedAmong = async (
  tx: Tx,
  { consumer, source }: Consumption,
  entries: readonly Logged[],
): Promise<ReadonlySet<string>> => {
  const rows = await query<{ aggregate: string }>(
    tx,
    `select distinct aggregate_id as aggregate from inbox_parked
     where consumer = $1 and source = $2 and aggregate_id = any($3::text[])`,
    [consumer, source, entries.map(aggregateOf)],
  );
  return new Set(rows.map((row) => row.aggregate));
};

/** Parks, behind an event that is parked already, what follows it in the same aggregate; returns their numbers. */
export const parkFollowers = async (
  tx: Tx,
  consumption: Consumption,
  entries: readonly Logged[],
  blocked: ReadonlySet<string>,
): Promise<ReadonlySet<number>> => {
  if (blocked.size === 0) return new Set();
  const held = entries.filter((entry) => blocked.has(aggregateOf(entry)));
  await parkEntries(tx, consumption, held, 'FOLLOWS_PARKED');
  return new Set(held.map((entry) => entry.seq));
};
