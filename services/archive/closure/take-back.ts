import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { lockArchives } from '../archives/archive-rows.ts';
import { saveArchives } from '../archives/save-archive.ts';
import { copiesSucceed, succeededIn } from '../custody/succeed-all.ts';
import { type Closure, dropClosure } from './closure-rows.ts';

/** Notes whose archives have gone to the custodian of a closed school. */
export const noteMoved = (
  tx: Tx,
  { id, school, place }: Pick<Closure, 'id' | 'school' | 'place'>,
  custodian: string,
  persons: readonly string[],
): Promise<number> =>
  execute(
    tx,
    `insert into archive_closure_move (person_id, closure_id, custodian, school, school_place)
     select person, $2, $3, $4, $5 from unnest($1::uuid[]) as person on conflict do nothing`,
    [[...persons], id, custodian, school, place],
  );

type Moved = { person: string; custodian: string; school: string; place: number };

/** Whose archives went with a closure, forgotten as they are told. */
const takeMoved = (tx: Tx, closure: string): Promise<Moved[]> =>
  query<Moved>(
    tx,
    `delete from archive_closure_move where closure_id = $1
     returning person_id as person, custodian, school, school_place::float8 as place`,
    [closure],
  );

/**
 * The closure of a school was taken back, maybe while its archives were moving or when they had just gone: those that its custodian
 * still keeps or awaits in its place are the school's again, as if nothing had been decided (ARC-12, ARC-14). One that has gone on
 * from there to another unit stays where it is.
 */
export const takeClosureBack = async (tx: Tx, closure: string, at: string): Promise<void> => {
  const moved = await takeMoved(tx, closure);
  await dropClosure(tx, closure);
  const [first] = moved;
  if (first === undefined) return;
  const { custodian, school, place } = first;
  const archives = await lockArchives(
    tx,
    moved.map(({ person }) => person),
  );
  const theirs = archives.filter(
    ({ custody }) => custody.custodian.code === custodian || custody.owedTo?.code === custodian,
  );
  const back = { from: custodian, into: { kind: 'SCHOOL' as const, code: school }, place };
  await saveArchives(tx, at, succeededIn(theirs, back));
  await copiesSucceed(tx, { ...back, from: school });
};
