import { type Envelope, readEvent } from '#libs/contracts/envelope.ts';
import { ProblemRecordMoved } from '#libs/contracts/events/problem-record.ts';
import { enforces } from '#libs/law/enforces.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { Projection } from '#libs/platform/events/projection.ts';

/** A problem record waits for somebody as long as its event names whose turn it is. */
const apply = async (tx: Tx, envelopes: readonly Envelope[]): Promise<void> => {
  enforces('STA-05');
  const last = new Map(
    envelopes.map((event) => {
      const moved = readEvent(ProblemRecordMoved, event);
      return [moved.problem, moved];
    }),
  );
  const records = [...last.values()];
  await execute(tx, 'delete from problem_standing where problem_id = any($1::uuid[])', [
    records.filter(({ turn }) => turn === undefined).map(({ problem }) => problem),
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
      .filter(({ turn }) => turn !== undefined)
      .map((each) => [each.problem, each.person, each.place, each.province, each.kind, each.turn?.dueOn]),
    `on conflict (problem_id) do update set person_id = excluded.person_id, place = excluded.place,
       province = excluded.province, kind = excluded.kind, due_on = excluded.due_on`,
  );
  await execute(
    tx,
    `update term_fault f set open = m.open
     from unnest($1::uuid[], $2::text[], $3::boolean[]) as m (person_id, kind, open)
     where f.person_id = m.person_id and f.kind = m.kind and f.open <> m.open`,
    [
      records.map(({ person }) => person),
      records.map(({ kind }) => kind),
      records.map(({ turn }) => turn !== undefined),
    ],
  );
};

/** Problem records that wait, and with them the faults that schools found in checks, to their end (STA-05, W-22). */
export const problemProjection: Projection = {
  name: 'statistics-problems',
  sources: ['identity'],
  types: [ProblemRecordMoved.type],
  tables: ['problem_standing'],
  apply,
};
