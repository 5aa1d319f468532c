import type { ClaimResult, KnownRecord } from '#libs/contracts/commands/claim-persons.ts';
import {
  GuardianUnlinked,
  StudentInfoUpdated,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import { showSameDocument } from '#libs/law/identity/same-child.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { endNumber, giveTemporaryNumbers } from '../number/give-number.ts';
import { childOf } from '../person/claim-key.ts';
import {
  addKeys,
  giveBackKeys,
  holdersOf,
  type KeyHolder,
  keysHeldBy,
  takeKeys,
  without,
} from '../person/claim-table.ts';
import { keepProvenLinks } from '../person/guardian-link.ts';
import { type KnownPerson, knownPersons, lockPersons, recordFor } from '../person/known-person.ts';
import {
  asOnArrival,
  dropEmpty,
  leave,
  lockLikenesses,
  nearTo,
  readLikenesses,
  standingUnder,
  standUnder,
} from '../person/likeness-table.ts';
import { needOf, type OpenedClaim, renewPerson } from '../person/new-person.ts';

type Correcting = { tx: Tx; sealing: Sealing; at: string };

/**
 * A registration that was sent back is collected again (W-03): the form replaces what the school wrote before, and
 * the nationwide check runs anew (ID-17). Nobody has approved the old data, so no history is owed to them; the document
 * number that was wrong is free for the child that really has it. Asked again it answers the same.
 */
export const correctPerson = async (
  correcting: Correcting,
  claim: OpenedClaim,
  person: string,
): Promise<ClaimResult> => {
  const { tx, sealing, at } = correcting;
  const waiting = await lockWaiting(correcting, person);
  const { intake } = claim.request;
  const held = await keysHeldBy(tx, person);
  if (held.some((own) => own.intake === intake))
    return answerOf(claim, waiting, await alikeOnArrival(correcting, claim, person));
  mustWait(waiting, claim);
  if (changesKey(waiting, claim)) return { intake, outcome: 'KEY_CHANGE' };
  const moved = await moveKeys(correcting, claim, waiting, held);
  if (moved.other !== undefined) return { intake, outcome: 'EXISTS', ...moved.other };
  const links = await keepProvenLinks(tx, person, at, () =>
    renewPerson(tx, { ...claim, person }, sealing, at),
  );
  const where = { person, province: claim.request.province, place: claim.request.place };
  const told: ((version: number) => Recorded)[] = [
    (version) => recorded(StudentInfoUpdated, person, version, where),
    ...links.map(
      (subject) => (version: number) =>
        recorded(GuardianUnlinked, person, version, { ...where, subject, to: at }),
    ),
  ];
  if (waiting.kind === 'L_TEMPORARY' && waiting.child.birthDate !== claim.form.birthDate) {
    await renumber(correcting, claim, waiting);
    told.push((version) =>
      recorded(TemporaryNumberAssigned, person, version, { ...where, kind: 'L_TEMPORARY' }),
    );
  }
  const version = waiting.version + told.length;
  await execute(tx, 'update person set version = $2 where person_id = $1', [person, version]);
  await recordEvents(
    tx,
    at,
    told.map((tell, index) => tell(waiting.version + index + 1)),
  );
  return answerOf(claim, { ...waiting, version }, moved.alike);
};

const answerOf = (
  { request }: OpenedClaim,
  { person, version, kind }: KnownPerson,
  alike: KnownRecord[],
): ClaimResult => ({
  intake: request.intake,
  outcome: 'CLAIMED',
  person,
  version,
  kind: kind ?? 'L_TEMPORARY',
  continued: false,
  alike,
});

type Waiting = KnownPerson & { approved: boolean };

const lockWaiting = async ({ tx, sealing }: Correcting, person: string): Promise<Waiting> => {
  await lockPersons(tx, [person]);
  const known = (await knownPersons(tx, sealing, [person])).get(person);
  const [row] = await query<{ approved: boolean }>(tx, 'select approved from person where person_id = $1', [
    person,
  ]);
  if (known === undefined || row === undefined)
    throw new Error('A registration to be corrected names nobody');
  return { ...known, ...row };
};

const mustWait = ({ registered, approved, school }: Waiting, { request }: OpenedClaim): void => {
  if (!registered || approved || school !== request.school) {
    throw new Error('Only a registration that waits at its own school is collected again');
  }
};

/** Name and document of somebody with a formal number are changed in another way (ID-13). */
const changesKey = ({ kind, child }: Waiting, { form }: OpenedClaim): boolean =>
  kind !== 'L_TEMPORARY' && !(child.name === form.name && showSameDocument(child, childOf(form)));

const alikeOnArrival = async (
  { tx, sealing }: Correcting,
  { request, keys }: OpenedClaim,
  person: string,
): Promise<KnownRecord[]> => {
  const likenesses = asOnArrival(await readLikenesses(tx, keys.likenesses), person);
  const { same, alike } = nearTo({ keys, person }, likenesses, await standingUnder(tx, sealing, likenesses));
  return [...same, ...alike].map((known) => recordFor(request, known));
};

type Moved = { other: KnownRecord; alike?: undefined } | { other?: undefined; alike: KnownRecord[] };

/**
 * Puts the person under the keys of the corrected form; those that the same registration took before are free again.
 * `other` has one of them already.
 */
const moveKeys = async (
  { tx, sealing, at }: Correcting,
  { request, keys }: OpenedClaim,
  waiting: Waiting,
  held: readonly KeyHolder[],
): Promise<Moved> => {
  const { person } = waiting;
  const wanted = { person, intake: request.intake, claims: keys.claims };
  const taken = (await takeKeys(tx, [wanted], at)).get(person) ?? [];
  const holders = (await holdersOf(tx, keys.claims)).filter((holder) => holder.person !== person);
  const known = await knownPersons(tx, sealing, [...new Set(holders.map((holder) => holder.person))]);
  const likenesses = await lockLikenesses(tx, [...keys.likenesses, ...waiting.keys.likenesses]);
  const near = nearTo({ keys, person }, likenesses, await standingUnder(tx, sealing, likenesses));
  const other = ownFirst(request.school, [...known.values(), ...near.same]);
  if (other !== undefined) {
    await giveBackKeys(tx, taken);
    await dropEmpty(tx, [...keys.likenesses, ...waiting.keys.likenesses]);
    return { other: recordFor(request, other) };
  }
  await addKeys(tx, wanted, at);
  const former = held.filter(({ intake }) => intake === held[0]?.intake).map(({ hash }) => hash);
  await giveBackKeys(tx, without(former, keys.claims));
  await standUnder(tx, { person, keys });
  await leave(tx, person, without(waiting.keys.likenesses, keys.likenesses));
  return { alike: near.alike.map((each) => recordFor(request, each)) };
};

const ownFirst = (school: string, persons: readonly KnownPerson[]): KnownPerson | undefined =>
  persons.find((known) => known.school === school) ?? persons[0];

/** A temporary number is built on the birth date: with another date there is another number. */
const renumber = async (
  { tx, sealing, at }: Correcting,
  claim: OpenedClaim,
  { person, numbers }: Waiting,
): Promise<void> => {
  await endNumber(tx, person, at);
  await giveTemporaryNumbers(tx, [needOf(claim, person, numbers + 1)], sealing, at);
};
