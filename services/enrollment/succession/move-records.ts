import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { casesById, tellCase } from '../cases/case-rows.ts';
import type { Passage } from './passage.ts';

/** Where somebody was, and where it goes on. */
type Schools = Pick<Passage, 'from' | 'into'>;

/** What is kept by person beside the registration and says nothing of its own about the school. */
const byPerson = ['case_evidence', 'guardian_contact', 'progress_assessment'] as const;

/** Cases that run go on at the other school, each step with whoever has its turn there; ended ones are history. */
const moveCases = async (
  tx: Tx,
  at: string,
  persons: readonly string[],
  { from, into }: Schools,
): Promise<void> => {
  const cases = query<{ id: string; state: string }>(
    tx,
    `update enrollment_case set place = $3, province = $4,
       school = case when state = 'RUNNING' then $5 else school end,
       version = version + case when state = 'RUNNING' then 1 else 0 end
     where person_id = any($1::uuid[]) and place = $2 returning case_id as id, state`,
    [persons, from.place, into.place, into.province, into.code],
  );
  const turns: [string, string][] = [
    [from.code, into.code],
    [from.authority, into.authority],
    ...(from.city !== null && into.city !== null ? [[from.city, into.city] as [string, string]] : []),
  ];
  const steps = execute(
    tx,
    `update case_step s set place = $3,
       unit = case when s.decided_at is null
         then coalesce((select t.there from unnest($4::text[], $5::text[]) as t (here, there)
                        where t.here = s.unit limit 1), s.unit) else s.unit end
     where person_id = any($1::uuid[]) and place = $2`,
    [persons, from.place, into.place, turns.map(([here]) => here), turns.map(([, there]) => there)],
  );
  const [rows] = await Promise.all([cases, steps]);
  const running = rows.filter(({ state }) => state === 'RUNNING').map(({ id }) => id);
  for (const record of running.length === 0 ? [] : await casesById(tx, running))
    await tellCase(tx, at, record);
};

const moveStays = (tx: Tx, persons: readonly string[], { from, into }: Schools): Promise<number> =>
  execute(
    tx,
    `update specialized_stay set place = $3, school = case when ended_at is null then $4 else school end
     where person_id = any($1::uuid[]) and place = $2`,
    [persons, from.place, into.place, into.code],
  );

const moveCityMatters = (tx: Tx, persons: readonly string[], { from, into }: Schools): Promise<number> =>
  execute(
    tx,
    `update city_matter set place = $3, province = $4,
       school = case when state = 'PENDING' then $5 else school end,
       city = case when state = 'PENDING' then coalesce($6, city) else city end
     where person_id = any($1::uuid[]) and place = $2`,
    [persons, from.place, into.place, into.province, into.code, into.city],
  );

/** Entries of the dropout ledger about somebody: open ones are the other school's and its authority's from now on. */
const moveEntries = async (tx: Tx, persons: readonly string[], { from, into }: Schools): Promise<void> => {
  const entries = await query<{ id: string }>(
    tx,
    `update dropout_entry set place = $3, province = $4,
       school = case when ended_at is null and school = $5 then $6 else school end,
       county = case when ended_at is null then $7 else county end,
       authority = case when ended_at is null then $8 else authority end
     where person_id = any($1::uuid[]) and place = $2 returning entry_id as id`,
    [persons, from.place, into.place, into.province, from.code, into.code, into.county, into.authority],
  );
  if (entries.length === 0) return;
  await execute(tx, 'update dropout_action set place = $3 where entry_id = any($1::uuid[]) and place = $2', [
    entries.map(({ id }) => id),
    from.place,
    into.place,
  ]);
};

/** Everything that is kept about persons beside their registrations goes along with them. */
export const moveRecords = async (
  tx: Tx,
  at: string,
  persons: readonly string[],
  passage: Schools,
): Promise<void> => {
  await Promise.all([
    moveCases(tx, at, persons, passage),
    moveStays(tx, persons, passage),
    moveCityMatters(tx, persons, passage),
    moveEntries(tx, persons, passage),
    ...byPerson.map((table) =>
      execute(tx, `update ${table} set place = $3 where person_id = any($1::uuid[]) and place = $2`, [
        persons,
        passage.from.place,
        passage.into.place,
      ]),
    ),
  ]);
};
