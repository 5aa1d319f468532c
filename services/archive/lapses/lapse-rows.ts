import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Lapse } from './lapse.ts';

const columns = `lapse_id as id, person_id as person, rule, about, code, unit, place::float8 as place, due_on::text as "dueOn",
  recorded_at as "recordedAt"`;

const lapsesWhere = async (tx: Tx, condition: string, parameters: readonly unknown[]): Promise<Lapse[]> =>
  (
    await query<Lapse & { recordedAt: Date | string }>(
      tx,
      `select ${columns} from archive_lapse where ${condition}`,
      parameters,
    )
  ).map((lapse) => ({ ...lapse, recordedAt: new Date(lapse.recordedAt).toISOString() }));

/** What is on record of persons' archives, as far as the scope covers it, oldest first. */
export const lapsesOf = (tx: Tx, persons: readonly string[]): Promise<Lapse[]> =>
  lapsesWhere(tx, 'person_id = any($1::uuid[]) order by person_id, recorded_at, lapse_id', [[...persons]]);

/** What is on record within the scope, the last first, from after one of them on. */
export const lapsesBefore = (
  tx: Tx,
  after: readonly [at: string, id: string] | null,
  limit: number,
): Promise<Lapse[]> =>
  lapsesWhere(
    tx,
    `($1::timestamptz is null or (recorded_at, lapse_id) < ($1::timestamptz, $2::uuid))
     order by recorded_at desc, lapse_id desc limit $3`,
    [after?.[0] ?? null, after?.[1] ?? null, limit],
  );

/** Puts on record what is not yet; tells the ids of those that are new. */
export const insertLapses = async (tx: Tx, lapses: readonly Lapse[]): Promise<ReadonlySet<string>> => {
  const rows = await insertRows<{ lapse_id: string }>(
    tx,
    'archive_lapse',
    [
      ['lapse_id', 'uuid'],
      ['person_id', 'uuid'],
      ['rule', 'text'],
      ['about', 'text'],
      ['code', 'text'],
      ['unit', 'text'],
      ['place', 'bigint'],
      ['due_on', 'date'],
      ['recorded_at', 'timestamptz'],
    ],
    lapses.map((each) => [
      ...[each.id, each.person, each.rule, each.about, each.code, each.unit, each.place, each.dueOn],
      each.recordedAt,
    ]),
    'on conflict (person_id, rule, about) do nothing returning lapse_id',
  );
  return new Set(rows.map(({ lapse_id }) => lapse_id));
};

/** Writes when archives are looked at again. */
export const setLooks = (tx: Tx, looks: readonly { person: string; on: string }[]): Promise<number> =>
  execute(
    tx,
    `update archive a set look_on = r.day from unnest($1::uuid[], $2::date[]) as r (person, day)
     where a.person_id = r.person`,
    [looks.map(({ person }) => person), looks.map(({ on }) => on)],
  );
