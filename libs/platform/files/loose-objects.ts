import type { Tx } from '../database/orm.ts';
import { execute, query } from '../database/query.ts';
import { asWorker, asWorkerOnce } from '../database/scope.ts';
import { ownedObjects } from './file-rows.ts';
import type { Files } from './files.ts';

/** Names that are compared with the rows at once. */
const batch = 500;
/** More than so many objects that no row knows are no leftovers: the database is older than the storage, or another one. */
const mostLoose = 1_000;

/** What a walk saw in the storage, and what of that no row knows. */
export type LooseObjects = { seen: number; loose: number };

/**
 * Walks through the storage and notes what no row knows: left by a process that was killed at the wrong moment. It is
 * removed a good while later (`removeLoose`), so that nothing goes that somebody is about to own, or that belongs to a
 * time which a restored database does not know.
 */
export const noteLooseObjects = async (files: Files): Promise<LooseObjects> => {
  const { worker, clock } = files.core;
  let seen = 0;
  for await (const names of inBatches(files.storage.list())) {
    seen += names.length;
    await asWorker(worker, (tx) => note(tx, names, clock.now()));
  }
  return { seen, loose: await countLoose(files) };
};

const note = async (tx: Tx, names: readonly string[], at: string): Promise<void> => {
  const owned = await ownedObjects(tx, names);
  await execute(tx, 'delete from loose_object where object_id = any($1::uuid[])', [[...owned]]);
  await execute(
    tx,
    `insert into loose_object (object_id, seen_at, replaced)
     select name, $2::timestamptz, false from unnest($1::uuid[]) as name on conflict (object_id) do nothing`,
    [names.filter((name) => !owned.has(name)), at],
  );
};

const countLoose = async (files: Files): Promise<number> => {
  const [row] = await asWorkerOnce(files.core.worker, (tx) =>
    query<{ loose: number }>(tx, 'select count(*)::int as loose from loose_object where not replaced'),
  );
  return row?.loose ?? 0;
};

/**
 * Bytes that were replaced by others a while ago, or were to replace others when their writer went away, are nobody's from
 * here on: a writer that comes back late does not get them any more.
 */
export const giveUpSpares = (files: Files, before: string): Promise<number> =>
  asWorkerOnce(files.core.worker, (tx) =>
    execute(
      tx,
      `with due as (
         select file_id, spare_id from stored_file where spare_since < $1 and state = 'KEPT'
         order by spare_since limit ${batch} for update),
       given_up as (
         update stored_file set spare_id = null, spare_since = null from due where stored_file.file_id = due.file_id)
       insert into loose_object (object_id, seen_at, replaced) select spare_id, $1::timestamptz, true from due
       on conflict (object_id) do update set replaced = true`,
      [before],
    ),
  );

/**
 * Removes replaced bytes, and loose ones that were first seen before an instant. When there are suspiciously many of
 * these, they stay and an operator is told. Returns how many went.
 */
export const removeLoose = async (files: Files, before: string): Promise<number> => {
  const { worker, log } = files.core;
  const loose = await countLoose(files);
  const isTooMuch = loose > mostLoose;
  if (isTooMuch)
    log.error({ incident: 'TOO_MANY_LOOSE_OBJECTS', loose }, 'objects that no row knows were left alone');
  const due = await asWorkerOnce(worker, (tx) =>
    query<{ name: string }>(
      tx,
      `select object_id as name from loose_object as loose
       where (replaced or (seen_at < $1 and not $2)) and not exists (
         select from stored_file where file_id = loose.object_id and object_id is null)
       and not exists (select from stored_file where object_id = loose.object_id)
       and not exists (select from stored_file where spare_id = loose.object_id)
       order by seen_at limit ${batch}`,
      [before, isTooMuch],
    ),
  );
  for (const { name } of due) {
    await files.storage.remove(name);
    await asWorkerOnce(worker, (tx) => execute(tx, 'delete from loose_object where object_id = $1', [name]));
  }
  return due.length;
};

async function* inBatches(names: AsyncIterable<string>): AsyncGenerator<string[]> {
  let held: string[] = [];
  for await (const name of names) {
    held.push(name);
    if (held.length < batch) continue;
    yield held;
    held = [];
  }
  if (held.length > 0) yield held;
}
