import type { ClaimRequest } from '#libs/contracts/commands/claim-persons.ts';
import type { SearchAnswer } from '#libs/contracts/commands/search-persons.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { holdersOf, type KeyHolder } from '../person/claim-table.ts';
import { firstRegistered, type KnownPerson, knownPersons, recordFor } from '../person/known-person.ts';
import { type Likenesses, nearTo, readLikenesses, standingUnder } from '../person/likeness-table.ts';
import { type OpenedClaim, openClaim } from '../person/new-person.ts';

/** What the nation knows that is near to some forms. */
type Found = {
  holders: readonly KeyHolder[];
  owners: ReadonlyMap<string, KnownPerson>;
  likenesses: Likenesses;
  standing: ReadonlyMap<string, KnownPerson>;
};

/** Tells for each form what claiming it would come to, and nothing that the asking school may not know. */
export const handleSearchPersons = async (
  { worker, sealing }: Pick<ServiceCore, 'worker' | 'sealing'>,
  claims: readonly ClaimRequest[],
): Promise<SearchAnswer[]> => {
  enforces('ID-17', 'PRV-15');
  const opened = claims.map((request) => openClaim(request, sealing));
  const found = await asWorker(worker, async (tx): Promise<Found> => {
    const holders = await holdersOf(
      tx,
      opened.flatMap(({ keys }) => keys.claims),
    );
    const likenesses = await readLikenesses(
      tx,
      opened.flatMap(({ keys }) => keys.likenesses),
    );
    const owners = [...new Set(holders.map(({ person }) => person))];
    return {
      holders,
      owners: await knownPersons(tx, sealing, owners),
      likenesses,
      standing: await standingUnder(tx, sealing, likenesses),
    };
  });
  return opened.map((claim) => answerOf(claim, found, sealing));
};

const answerOf = (
  { request, keys, person }: OpenedClaim,
  { holders, owners, likenesses, standing }: Found,
  sealing: Sealing,
): SearchAnswer => {
  const { intake } = request;
  const traits = keys.traits.map(({ kind, value }) => ({
    kind,
    value: sealing.hash('search-trait', value).toString('base64url'),
  }));
  const near = nearTo({ keys, person: request.corrects ?? person }, likenesses, standing);
  const owning = holders
    .filter((holder) => holder.intake !== intake && keys.claims.some((key) => key.equals(holder.hash)))
    .flatMap((holder) => owners.get(holder.person) ?? []);
  const same = [...owning, ...near.same].filter((known) => known.person !== request.corrects);
  const registered = firstRegistered(request, same);
  if (registered !== undefined)
    return { intake, outcome: 'EXISTS', ...recordFor(request, registered), traits };
  const [carried, ...others] = [...new Map(same.map((known) => [known.person, known])).values()];
  const alike = [...others, ...near.alike]
    .filter((known) => known.person !== carried?.person)
    .map((known) => recordFor(request, known));
  if (carried === undefined) return { intake, outcome: 'NONE', alike, traits };
  return { intake, outcome: 'CONTINUES', kind: carried.kind ?? 'L_TEMPORARY', alike, traits };
};
