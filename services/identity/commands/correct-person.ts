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
import { keysHeldBy } from '../person/claim-table.ts';
import { countedOf } from '../person/counted.ts';
import { keepProvenLinks } from '../person/guardian-link.ts';
import { type KnownPerson, knownPersons, lockPersons, recordFor } from '../person/known-person.ts';
import { asOnArrival, nearTo, readLikenesses, standingUnder } from '../person/likeness-table.ts';
import { livingOf } from '../person/living.ts';
import { moveKeys } from '../person/move-keys.ts';
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
  const others = await moveKeys(correcting, {
    person,
    intake,
    keys: claim.keys,
    before: waiting.keys,
    former: held.filter((own) => own.intake === held[0]?.intake).map(({ hash }) => hash),
  });
  const other = ownFirst(claim.request.school, others.same);
  if (other !== undefined) return { intake, outcome: 'EXISTS', ...recordFor(claim.request, other) };
  const links = await keepProvenLinks(tx, person, at, () =>
    renewPerson(tx, { ...claim, person }, sealing, at),
  );
  const where = { person, province: claim.request.province, place: claim.request.place };
  const counted = countedOf(claim.form);
  const told: ((version: number) => Recorded)[] = [
    (version) =>
      recorded(StudentInfoUpdated, person, version, { ...where, counted, living: livingOf(claim.form) }),
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
  const alike = others.alike.map((each) => recordFor(claim.request, each));
  return answerOf(claim, { ...waiting, version }, alike);
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
