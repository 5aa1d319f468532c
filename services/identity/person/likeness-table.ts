import { relationOf } from '#libs/law/identity/same-child.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import type { PersonKeys } from './claim-key.ts';
import { type KnownPerson, knownPersons } from './known-person.ts';

/** Who stands under each likeness, by its hash in hexadecimal, in the order in which they came. */
export type Likenesses = Map<string, readonly string[]>;

type Row = { hash: Buffer; persons: string[] };

const byHash = (rows: readonly Row[]): Likenesses =>
  new Map(rows.map(({ hash, persons }) => [hash.toString('hex'), persons]));

/** Each hash once, in the order in which everybody locks them. */
const ordered = (hashes: readonly Buffer[]): Buffer[] =>
  [...new Map(hashes.map((hash) => [hash.toString('hex'), hash])).values()].sort((a, b) => a.compare(b));

/** A child, and the likenesses under which it stands or is to stand. */
export type Standing = { person: string; keys: PersonKeys };

const inOrder = (standing: readonly Standing[]): { hash: Buffer; person: string }[] =>
  standing
    .flatMap(({ person, keys }) => keys.likenesses.map((hash) => ({ hash, person })))
    .sort((a, b) => a.hash.compare(b.hash));

/**
 * Lets newcomers stand under their likenesses, behind all who do; no two of them share one. Returns who stood there
 * before. The likenesses are locked until the transaction ends: of two who come at the same moment the second waits,
 * and then sees the first (ID-17).
 */
export const arriveUnder = async (tx: Tx, newcomers: readonly Standing[]): Promise<Likenesses> => {
  const rows = inOrder(newcomers);
  if (rows.length === 0) return new Map();
  const standing = await query<Row>(
    tx,
    `insert into person_likeness (hash, persons)
     select r.hash, array[r.person] from unnest($1::bytea[], $2::uuid[]) as r (hash, person)
     on conflict (hash) do update set persons = person_likeness.persons || excluded.persons
     returning hash, persons`,
    [rows.map(({ hash }) => hash), rows.map(({ person }) => person)],
  );
  return byHash(standing.map(({ hash, persons }) => ({ hash, persons: persons.slice(0, -1) })));
};

/** Locks likenesses until the transaction ends, and tells who stands there. */
export const lockLikenesses = async (tx: Tx, hashes: readonly Buffer[]): Promise<Likenesses> =>
  byHash(
    await insertRows<Row>(
      tx,
      'person_likeness',
      [['hash', 'bytea']],
      ordered(hashes).map((hash) => [hash]),
      'on conflict (hash) do update set persons = person_likeness.persons returning hash, persons',
    ),
  );

/** Who stands under likenesses, for answers that change nothing. */
export const readLikenesses = async (tx: Tx, hashes: readonly Buffer[]): Promise<Likenesses> =>
  byHash(
    await query<Row>(tx, 'select hash, persons from person_likeness where hash = any($1::bytea[])', [
      ordered(hashes),
    ]),
  );

/** Everybody who stands under some of the likenesses. */
export const standingUnder = (
  tx: Tx,
  sealing: Sealing,
  likenesses: Likenesses,
): Promise<Map<string, KnownPerson>> =>
  knownPersons(tx, sealing, [...new Set([...likenesses.values()].flat())]);

/** Who is the same child, and who is perhaps. */
export type Near = { same: KnownPerson[]; alike: KnownPerson[] };

/** Likenesses as they were when a person came who stands under them. */
export const asOnArrival = (likenesses: Likenesses, person: string): Likenesses =>
  new Map(
    [...likenesses].map(([hash, persons]) => {
      const own = persons.indexOf(person);
      return [hash, own < 0 ? persons : persons.slice(0, own)];
    }),
  );

/** Who of those that stand under a child's likenesses is near to it; itself is not. */
export const nearTo = (
  { keys, person }: Standing,
  likenesses: Likenesses,
  known: ReadonlyMap<string, KnownPerson>,
): Near => {
  const others = new Set(keys.likenesses.flatMap((hash) => likenesses.get(hash.toString('hex')) ?? []));
  others.delete(person);
  const near: Near = { same: [], alike: [] };
  for (const other of others) {
    const found = known.get(other);
    const relation = found === undefined ? 'NONE' : relationOf(keys.traits, found.keys.traits);
    if (found !== undefined && relation === 'SAME') near.same.push(found);
    if (found !== undefined && relation === 'ALIKE') near.alike.push(found);
  }
  return near;
};

/** Lets somebody known stand under likenesses that are locked, behind all others who do. */
export const standUnder = async (tx: Tx, { person, keys }: Standing): Promise<void> => {
  await execute(
    tx,
    `update person_likeness set persons = array_append(array_remove(persons, $1::uuid), $1::uuid)
     where hash = any($2::bytea[])`,
    [person, ordered(keys.likenesses)],
  );
};

/** Takes a person away from likenesses that are its own no longer. */
export const leave = async (tx: Tx, person: string, hashes: readonly Buffer[]): Promise<void> => {
  if (hashes.length === 0) return;
  await execute(
    tx,
    'update person_likeness set persons = array_remove(persons, $1::uuid) where hash = any($2::bytea[])',
    [person, ordered(hashes)],
  );
  await dropEmpty(tx, hashes);
};

/** A likeness under which nobody stands after all leaves no row. */
export const dropEmpty = async (tx: Tx, hashes: readonly Buffer[]): Promise<void> => {
  if (hashes.length === 0) return;
  await execute(tx, `delete from person_likeness where hash = any($1::bytea[]) and persons = '{}'`, [hashes]);
};
