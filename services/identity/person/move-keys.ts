import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import type { PersonKeys } from './claim-key.ts';
import { addKeys, giveBackKeys, holdersOf, takeKeys, without } from './claim-table.ts';
import { type KnownPerson, knownPersons } from './known-person.ts';
import {
  dropEmpty,
  leave,
  lockLikenesses,
  nearTo,
  readLikenesses,
  standingUnder,
  standUnder,
} from './likeness-table.ts';

type Moving = { tx: Tx; sealing: Sealing; at: string };

/** A known person whose data change: the keys of the new data, and those that the old data alone had. */
export type KeyMove = {
  person: string;
  /** By what the new keys are taken: the intake, or the change. */
  intake: string;
  keys: PersonKeys;
  before: PersonKeys;
  /** Claims that the person lets go of, as far as the new data do not keep them. */
  former: readonly Buffer[];
};

/** Others who are the same child by the new data, and those who are perhaps. */
export type Others = { same: KnownPerson[]; alike: KnownPerson[] };

const isAnother = (person: string) => (holder: { person: string }) => holder.person !== person;

/** The nationwide search for data that somebody known is to have, with no effect (ID-17). */
export const searchOthers = async (
  { tx, sealing }: Omit<Moving, 'at'>,
  { person, keys }: Pick<KeyMove, 'person' | 'keys'>,
): Promise<Others> => {
  const holders = (await holdersOf(tx, keys.claims)).filter(isAnother(person));
  const owners = await knownPersons(tx, sealing, [...new Set(holders.map((holder) => holder.person))]);
  const likenesses = await readLikenesses(tx, keys.likenesses);
  const near = nearTo({ keys, person }, likenesses, await standingUnder(tx, sealing, likenesses));
  return { same: [...owners.values(), ...near.same], alike: near.alike };
};

/**
 * Puts a known person under the keys of new data; those that the old data alone had are free again. Where others have
 * one of the new keys already nothing moves, and they are told as `same`.
 */
export const moveKeys = async (
  { tx, sealing, at }: Moving,
  { person, intake, keys, before, former }: KeyMove,
): Promise<Others> => {
  const wanted = { person, intake, claims: keys.claims };
  const taken = (await takeKeys(tx, [wanted], at)).get(person) ?? [];
  const holders = (await holdersOf(tx, keys.claims)).filter(isAnother(person));
  const known = await knownPersons(tx, sealing, [...new Set(holders.map((holder) => holder.person))]);
  const likenesses = await lockLikenesses(tx, [...keys.likenesses, ...before.likenesses]);
  const near = nearTo({ keys, person }, likenesses, await standingUnder(tx, sealing, likenesses));
  const others = { same: [...known.values(), ...near.same], alike: near.alike };
  if (others.same.length > 0) {
    await giveBackKeys(tx, taken);
    await dropEmpty(tx, [...keys.likenesses, ...before.likenesses]);
    return others;
  }
  await addKeys(tx, wanted, at);
  await giveBackKeys(tx, without(former, keys.claims));
  await standUnder(tx, { person, keys });
  await leave(tx, person, without(before.likenesses, keys.likenesses));
  return others;
};
