import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { FlowKind } from '../flows/kinds.ts';
import type { PlaceRange } from '../stock/blocks.ts';
import { countedStatuses } from '../stock/pupil.ts';

/** MISSING_FLOW: the count changed by a pupil of whom no flow tells. EXCESS_FLOW: a flow is told that changed no count. */
export type Imbalance = 'MISSING_FLOW' | 'EXCESS_FLOW';

/** A registration by which opening, flows and closing do not agree, and what is told of it in the period. */
export type UnbalancedCase = {
  imbalance: Imbalance;
  enrollment: string;
  /** By how much its pupil changed the count: 1 entered, -1 left, 0 neither. */
  counted: number;
  /** What the flows say of the same. */
  told: number;
  flows: { kind: FlowKind; day: string; case: string | null }[];
};

const mostCases = 200;

const countedOn = (day: string): string => `
  coalesce((select (step -> 'registration' ->> 'status' = any($5::text[])
                    and (step ->> 'place')::bigint between $1 and $2)::int
            from jsonb_array_elements(registered) with ordinality as steps (step, n)
            where step ->> 'day' <= ${day} order by n desc limit 1), 0)`;

const inside = (column: string): string => `(${column} is not null and ${column} between $1 and $2)::int`;

const statement = `
  with counted as (
    select person_id, registered, ${countedOn('$4')} - ${countedOn(`($3::date - 1)::text`)} as moved from pupil
    where jsonb_path_exists(registered, '$[*] ? (@.place >= $lo && @.place <= $hi)',
                            jsonb_build_object('lo', $1::bigint, 'hi', $2::bigint))),
  told as (
    select person_id, sum(${inside('target_place')} - ${inside('source_place')}) as net,
           jsonb_agg(jsonb_build_object('kind', kind, 'day', day, 'case', case_id) order by day, event_id) as flows,
           min(enrollment::text) as enrollment
    from flow_case
    where day between $3::date and $4::date
      and (source_place between $1 and $2 or target_place between $1 and $2)
    group by person_id)
  select coalesce(told.enrollment, counted.registered -> -1 -> 'registration' ->> 'enrollment') as enrollment,
         coalesce(moved, 0)::int as counted, coalesce(net, 0)::int as told, coalesce(flows, '[]'::jsonb) as flows
  from counted full join told using (person_id)
  where coalesce(moved, 0) <> coalesce(net, 0)
  order by 1 limit ${mostCases}`;

/**
 * Every registration by which a range of the tree does not balance over a period, at most 200: what its pupil was counted as
 * before and after, held against the flows told of it.
 */
export const unbalancedIn = async (
  tx: Tx,
  { lo, hi }: PlaceRange,
  { from, to }: { from: string; to: string },
): Promise<UnbalancedCase[]> => {
  const rows = await query<Omit<UnbalancedCase, 'imbalance'>>(tx, statement, [
    ...[lo, hi, from, to],
    countedStatuses(),
  ]);
  return rows.map((row) => ({
    ...row,
    imbalance: row.counted !== 0 && row.told === 0 ? 'MISSING_FLOW' : 'EXCESS_FLOW',
  }));
};
