import { type HeldPerson, mostHeld } from '#libs/contracts/commands/held-persons.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Row = { seq: string; person: string | null; place: string; facts: HeldPerson['facts']; isTold: boolean };

const statement = `
  with asked as (
    select person_id from pupil
    where ($1::uuid is null or person_id > $1) and ($2::uuid[] is null or person_id = any($2))
      and exists (select 1 from enrollment e where e.person_id = pupil.person_id)
    order by person_id limit ${mostHeld})
  select counter.seq, asked.person_id as person, e.place,
         jsonb_build_object('school', e.school, 'place', e.place::text, 'stage', e.stage,
                            'entryYearAdj', e.entry_year_adj::text, 'status', e.status) as facts,
         not exists (select 1 from outbox where aggregate_id = asked.person_id::text) as "isTold"
  from event_counter counter left join asked on true
  left join lateral (
    select * from enrollment where enrollment.person_id = asked.person_id
    order by active desc, registered_at desc, enrollment_id desc limit 1) as e on true
  order by asked.person_id`;

/** Registrations as they stand, for the recount of statistics: of each person the one that goes on, or the last one. */
export const heldRegistrations = async (
  { worker }: Pick<ServiceCore, 'worker'>,
  { after, persons }: { after: string | null; persons: string[] | null },
): Promise<{ seq: number; held: HeldPerson[] }> => {
  const rows = await asWorker(worker, (tx) => query<Row>(tx, statement, [after, persons]));
  return {
    seq: Number(rows[0]?.seq ?? 0),
    held: rows.flatMap(({ person, place, facts, isTold }) =>
      person === null ? [] : [{ person, place: Number(place), facts, isTold }],
    ),
  };
};
