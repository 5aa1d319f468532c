import type { ClaimRequest, ClaimResult, KnownRecord } from '#libs/contracts/commands/claim-persons.ts';
import { TemporaryNumberAssigned } from '#libs/contracts/events/identity.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { giveTemporaryNumbers } from '../number/give-number.ts';
import { roundsOf } from '../person/claim-rounds.ts';
import { giveBackKeys, holdersOf, takeKeys } from '../person/claim-table.ts';
import { keepFound } from '../person/found-elsewhere.ts';
import {
  firstRegistered,
  type KnownPerson,
  knownPersons,
  lockPersons,
  recordFor,
} from '../person/known-person.ts';
import {
  arriveUnder,
  asOnArrival,
  leave,
  nearTo,
  readLikenesses,
  standingUnder,
} from '../person/likeness-table.ts';
import { insertPersons, needOf, type OpenedClaim, openClaim } from '../person/new-person.ts';
import { continuePerson } from './continue-person.ts';
import { correctPerson } from './correct-person.ts';

type Deps = Pick<ServiceCore, 'worker' | 'sealing' | 'clock' | 'wakeRelay'>;
type Claiming = { tx: Tx; sealing: Deps['sealing']; at: string };

/** A claim whose keys nobody has who is registered; `known` is registered nowhere and carried on. */
type Open = { claim: OpenedClaim; known: KnownPerson | undefined };

/**
 * Claims persons for new registrations: the nationwide search and the making of the person are one statement on
 * the claim table's key, so of two schools that register one child at the same moment one wins (ID-01, ID-17). Who is
 * perhaps the same child is told of: of two at one moment at least the second hears of the first.
 */
export const handleClaimPersons = async (
  deps: Deps,
  claims: readonly ClaimRequest[],
): Promise<ClaimResult[]> => {
  const opened = claims.map((request) => openClaim(request, deps.sealing));
  const results = await asWorker(deps.worker, (tx) =>
    claimAll({ tx, sealing: deps.sealing, at: deps.clock.now() }, opened),
  );
  deps.wakeRelay();
  return results;
};

const claimAll = async (claiming: Claiming, opened: readonly OpenedClaim[]): Promise<ClaimResult[]> => {
  const answers = new Map<string, ClaimResult>();
  const keep = (answer: ClaimResult) => answers.set(answer.intake, answer);
  const asNew = opened.filter(({ request }) => request.corrects === undefined);
  for (const round of roundsOf(asNew)) (await claimTogether(claiming, round)).forEach(keep);
  for (const claim of opened) {
    if (claim.request.corrects !== undefined)
      keep(await correctPerson(claiming, claim, claim.request.corrects));
  }
  return opened.map(({ request: { intake } }) => {
    const answer = answers.get(intake);
    if (answer === undefined) throw new Error('A claim was not answered');
    return answer;
  });
};

/** Claims that share no key with one another. */
const claimTogether = async (claiming: Claiming, claims: readonly OpenedClaim[]): Promise<ClaimResult[]> => {
  const { tx, at } = claiming;
  const taken = await takeKeys(
    tx,
    claims.map(({ person, request, keys }) => ({ person, intake: request.intake, claims: keys.claims })),
    at,
  );
  const hasAll = ({ person, keys }: OpenedClaim) => taken.get(person)?.length === keys.claims.length;
  const lost = claims.filter((claim) => !hasAll(claim));
  await giveBackKeys(
    tx,
    lost.flatMap(({ person }) => taken.get(person) ?? []),
  );
  const { answers, open, unclaimed } = await judgeHolders(claiming, lost);
  const won = claims.filter(hasAll).map((claim): Open => ({ claim, known: undefined }));
  const settled = await settle(claiming, [...won, ...open]);
  return [...answers, ...settled, ...(unclaimed.length > 0 ? await claimTogether(claiming, unclaimed) : [])];
};

/** `unclaimed`: whoever had their keys has let them go meanwhile. */
type Judged = { answers: ClaimResult[]; open: Open[]; unclaimed: OpenedClaim[] };

/** Those whose keys others have: answered before, registered somewhere, or to be carried on. */
const judgeHolders = async (claiming: Claiming, lost: readonly OpenedClaim[]): Promise<Judged> => {
  const judged: Judged = { answers: [], open: [], unclaimed: [] };
  if (lost.length === 0) return judged;
  const holders = await holdersOf(
    claiming.tx,
    lost.flatMap(({ keys }) => keys.claims),
  );
  const known = await lockedPersons(
    claiming,
    holders.map(({ person }) => person),
  );
  for (const claim of lost) {
    const own = holders.filter(({ hash }) => claim.keys.claims.some((key) => key.equals(hash)));
    const again = known.get(own.find(({ intake }) => intake === claim.request.intake)?.person ?? '');
    const found = own.flatMap(({ person }) => known.get(person) ?? []);
    const registered = firstRegistered(claim.request, found);
    if (again !== undefined) judged.answers.push(await claimedBefore(claiming, claim, again));
    else if (registered !== undefined) judged.answers.push(await existing(claiming, claim, registered));
    else if (found[0] !== undefined) judged.open.push({ claim, known: found[0] });
    else judged.unclaimed.push(claim);
  }
  return judged;
};

const lockedPersons = async ({ tx, sealing }: Claiming, persons: readonly string[]) => {
  const each = [...new Set(persons)];
  await lockPersons(tx, each);
  return knownPersons(tx, sealing, each);
};

/** Somebody registered: told as far as the asking school may know, and kept for its transfer (TRF-53). */
const existing = async (
  { tx, at }: Claiming,
  claim: OpenedClaim,
  known: KnownPerson,
): Promise<ClaimResult> => {
  const { request } = claim;
  await keepFound(tx, claim, known, at);
  return { intake: request.intake, outcome: 'EXISTS', ...recordFor(request, known) };
};

/** The same intake again is the same answer, whoever came since. */
const claimedBefore = async (
  { tx, sealing }: Claiming,
  { request, keys }: OpenedClaim,
  { person, version, kind }: KnownPerson,
): Promise<ClaimResult> => {
  const likenesses = asOnArrival(await readLikenesses(tx, keys.likenesses), person);
  const { same, alike } = nearTo({ keys, person }, likenesses, await standingUnder(tx, sealing, likenesses));
  return {
    intake: request.intake,
    outcome: 'CLAIMED',
    person,
    version,
    kind: kind ?? 'L_TEMPORARY',
    continued: false,
    alike: [...same, ...alike].map((known) => recordFor(request, known)),
  };
};

type Fresh = { claim: OpenedClaim; alike: KnownRecord[] };

/** Tells the children apart from all who are near to them, and makes or carries on their persons. */
const settle = async (claiming: Claiming, open: readonly Open[]): Promise<ClaimResult[]> => {
  if (open.length === 0) return [];
  const { tx, sealing, at } = claiming;
  const likenesses = await arriveUnder(
    tx,
    open.map(({ claim }) => claim),
  );
  const standing = await standingUnder(tx, sealing, likenesses);
  const answers: ClaimResult[] = [];
  const fresh: Fresh[] = [];
  for (const { claim, known } of open) {
    const { keys } = claim;
    const near = nearTo({ keys, person: known?.person ?? claim.person }, likenesses, standing);
    const same = await lockedPersons(
      claiming,
      near.same.map(({ person }) => person),
    );
    const registered = firstRegistered(claim.request, [...same.values()]);
    const carried = known ?? same.values().next().value;
    const alike = [...same.values(), ...near.alike]
      .filter(({ person }) => person !== carried?.person)
      .map((other) => recordFor(claim.request, other));
    if (registered === undefined && carried === undefined) {
      fresh.push({ claim, alike });
      continue;
    }
    if (known === undefined) await giveBackKeys(tx, keys.claims);
    if (registered !== undefined) answers.push(await existing(claiming, claim, registered));
    else if (carried !== undefined)
      answers.push(await continuePerson(tx, sealing, claim, carried, alike, at));
    await leave(tx, claim.person, keys.likenesses);
  }
  return [...answers, ...(await makePersons(claiming, fresh))];
};

const makePersons = async (
  { tx, sealing, at }: Claiming,
  fresh: readonly Fresh[],
): Promise<ClaimResult[]> => {
  const claims = fresh.map(({ claim }) => claim);
  await insertPersons(tx, claims, sealing, at);
  await giveTemporaryNumbers(
    tx,
    claims.map((claim) => needOf(claim, claim.person, 1)),
    sealing,
    at,
  );
  await recordEvents(
    tx,
    at,
    claims.map(({ person, request: { province, place } }) =>
      recorded(TemporaryNumberAssigned, person, 1, { person, province, place, kind: 'L_TEMPORARY' }),
    ),
  );
  return fresh.map(({ claim: { request, person }, alike }) => ({
    intake: request.intake,
    outcome: 'CLAIMED',
    person,
    version: 1,
    kind: 'L_TEMPORARY',
    continued: false,
    alike,
  }));
};
