import { type DataOf, type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { ProblemRecordMoved } from '#libs/contracts/events/problem-record.ts';
import { shanghaiDate } from '#libs/law/dates.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';
import { addToDayCells } from '../timeliness/cell-rows.ts';

/** A record that waits, where and of which kind. */
type Standing = { place: number; kind: string };
type Moved = DataOf<typeof ProblemRecordMoved>;

const loadStanding = async (tx: Tx, problems: readonly string[]): Promise<Map<string, Standing>> => {
  const rows = await query<{ problem: string; place: string; kind: string }>(
    tx,
    'select problem_id as problem, place, kind from problem_standing where problem_id = any($1::uuid[])',
    [problems],
  );
  return new Map(rows.map(({ problem, place, kind }) => [problem, { place: Number(place), kind }]));
};

/** A problem record waits for somebody as long as its event names whose turn it is. */
const isStanding = ({ turn }: Moved): boolean => turn !== undefined;

const saveStanding = async (tx: Tx, records: readonly Moved[]): Promise<void> => {
  await execute(tx, 'delete from problem_standing where problem_id = any($1::uuid[])', [
    records.filter((each) => !isStanding(each)).map(({ problem }) => problem),
  ]);
  await insertRows(
    tx,
    'problem_standing',
    [
      ['problem_id', 'uuid'],
      ['person_id', 'uuid'],
      ['place', 'bigint'],
      ['province', 'text'],
      ['kind', 'text'],
      ['due_on', 'date'],
    ],
    records
      .filter(isStanding)
      .map((each) => [each.problem, each.person, each.place, each.province, each.kind, each.turn?.dueOn]),
    `on conflict (problem_id) do update set person_id = excluded.person_id, place = excluded.place,
       province = excluded.province, kind = excluded.kind, due_on = excluded.due_on`,
  );
};

const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  await query(tx, 'select id from problem_turn where id = 1 for update');
  const moves = envelopes.map((event) => ({
    moved: readEvent(ProblemRecordMoved, event),
    day: shanghaiDate(new Date(event.time)),
  }));
  const standing = await loadStanding(
    tx,
    moves.map(({ moved }) => moved.problem),
  );
  const deltas = moves.flatMap(({ moved, day }) => {
    const before = standing.get(moved.problem);
    const { place, kind } = moved;
    if (isStanding(moved)) standing.set(moved.problem, { place, kind });
    else standing.delete(moved.problem);
    return [
      ...(before === undefined ? [] : [{ place: before.place, measure: before.kind, day, n: -1 }]),
      ...(isStanding(moved) ? [{ place, measure: kind, day, n: 1 }] : []),
    ];
  });
  await addToDayCells(tx, 'problem_cell', deltas);
  const last = [...new Map(moves.map(({ moved }) => [moved.problem, moved])).values()];
  await saveStanding(tx, last);
};

/**
 * Problem records that wait, counted by kind and by the day on which they came and went in every block of the tree
 * (STA-09, W-22).
 */
export const problemProjection: Projection = {
  name: 'statistics-problem-records',
  sources: ['identity'],
  types: [ProblemRecordMoved.type],
  tables: ['problem_standing', 'problem_cell'],
  apply,
};
