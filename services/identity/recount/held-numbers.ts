import { type HeldPerson, mostHeld } from '#libs/contracts/commands/held-persons.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';

type Row = { seq: string; person: string | null; place: string; facts: HeldPerson['facts']; isTold: boolean };

const statement = `
  with asked as (
    select person_id, place, number_kind, gender, document_type from person
    where ($1::uuid is null or person_id > $1) and ($2::uuid[] is null or person_id = any($2))
      and number_kind is not null
    order by person_id limit ${mostHeld})
  select counter.seq, asked.person_id as person, asked.place,
         jsonb_build_object('numberKind', asked.number_kind, 'gender', asked.gender,
                            'documentType', asked.document_type) as facts,
         not exists (select 1 from outbox where aggregate_id = asked.person_id::text) as "isTold"
  from event_counter counter left join asked on true
  order by asked.person_id`;

/** Number kind, gender and document type as they stand, for the recount of statistics: of everybody who has a number. */
export const heldNumbers = async (
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
