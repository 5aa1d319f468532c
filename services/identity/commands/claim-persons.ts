import type { ClaimRequest, ClaimResult } from '#libs/contracts/commands/claim-persons.ts';
import {
  GuardianUnlinked,
  PreschoolNumberContinued,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import type { StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { giveTemporaryNumbers } from '../number/give-number.ts';
import { keepProvenLinks } from '../person/guardian-link.ts';
import { insertPersons, type OpenedClaim, openClaim, renewPerson } from '../person/new-person.ts';
import { correctPerson } from './correct-person.ts';

type Deps = Pick<ServiceCore, 'worker' | 'sealing' | 'clock' | 'wakeRelay'>;

type Known = {
  hash: Buffer;
  person_id: string;
  intake: string;
  registered: boolean;
  school: string;
  number_kind: StudentNumberKind | null;
  version: number;
  active: boolean;
  numbers: number;
};

/**
 * Claims persons for new registrations: the nationwide search and the making of the person are one statement on
 * the claim table's key, so of two schools that register one child at the same moment one wins (ID-01, ID-17).
 */
export const handleClaimPersons = async (
  deps: Deps,
  claims: readonly ClaimRequest[],
): Promise<ClaimResult[]> => {
  const opened = claims.map((request) => openClaim(request, deps.sealing));
  const results = await asWorker(deps.worker, (tx) => claimAll(tx, deps, opened));
  deps.wakeRelay();
  return results;
};

const claimAll = async (tx: Tx, deps: Deps, opened: readonly OpenedClaim[]): Promise<ClaimResult[]> => {
  const at = deps.clock.now();
  const asNew = opened.filter((claim) => claim.request.corrects === undefined);
  const won = await winClaims(tx, asNew, at);
  const fresh = asNew.filter((claim) => won.has(claim.request.intake));
  await makePersons(tx, deps, fresh, at);
  const known = await knownOf(
    tx,
    asNew.filter((claim) => !won.has(claim.request.intake)),
  );
  const results: ClaimResult[] = [];
  for (const claim of opened) {
    const { corrects } = claim.request;
    if (corrects !== undefined)
      results.push(
        await correctPerson({ tx, sealing: deps.sealing, at }, claim, corrects, (other) =>
          answerOther(tx, other),
        ),
      );
    else if (won.has(claim.request.intake))
      results.push(claimed(claim.request.intake, claim.person, 1, 'L_TEMPORARY', false));
    else results.push(await answerKnown(tx, deps, claim, known.get(claim.key.toString('hex')), at));
  }
  return results;
};

const winClaims = async (tx: Tx, opened: readonly OpenedClaim[], at: string): Promise<Set<string>> => {
  const ordered = [...opened].sort((a, b) => a.key.compare(b.key));
  const rows = await insertRows<{ intake: string }>(
    tx,
    'document_claim',
    [
      ['hash', 'bytea'],
      ['person_id', 'uuid'],
      ['intake', 'uuid'],
      ['claimed_at', 'timestamptz'],
    ],
    ordered.map((claim) => [claim.key, claim.person, claim.request.intake, at]),
    'on conflict (hash) do nothing returning intake',
  );
  return new Set(rows.map((row) => row.intake));
};

const makePersons = async (tx: Tx, deps: Deps, fresh: readonly OpenedClaim[], at: string): Promise<void> => {
  await insertPersons(tx, fresh, deps.sealing, at);
  await giveTemporaryNumbers(
    tx,
    fresh.map((claim) => needOf(claim, claim.person, 1)),
    deps.sealing,
    at,
  );
  await recordEvents(
    tx,
    at,
    fresh.map((claim) =>
      recorded(TemporaryNumberAssigned, claim.person, 1, {
        person: claim.person,
        province: claim.request.province,
        place: claim.request.place,
        kind: 'L_TEMPORARY',
      }),
    ),
  );
};

const needOf = ({ request, form }: OpenedClaim, person: string, ordinal: number) => ({
  person,
  place: request.place,
  region: request.region,
  birthDate: form.birthDate,
  ordinal,
});

const knownOf = async (tx: Tx, losers: readonly OpenedClaim[]): Promise<Map<string, Known>> => {
  if (losers.length === 0) return new Map();
  const rows = await query<Known>(
    tx,
    `select c.hash, c.person_id, c.intake, p.registered, p.school, p.number_kind, p.version,
            exists (select 1 from student_number n where n.person_id = p.person_id and n.state = 'ACTIVE') as active,
            (select count(*)::int from student_number n where n.person_id = p.person_id) as numbers
     from document_claim c join person p on p.person_id = c.person_id
     where c.hash = any($1::bytea[]) order by c.hash for update of p`,
    [losers.map((claim) => claim.key)],
  );
  return new Map(rows.map((row) => [row.hash.toString('hex'), row]));
};

const claimed = (
  intake: string,
  person: string,
  version: number,
  kind: StudentNumberKind,
  continued: boolean,
): ClaimResult => ({ intake, outcome: 'CLAIMED', person, version, kind, continued });

const answerKnown = async (
  tx: Tx,
  deps: Deps,
  claim: OpenedClaim,
  known: Known | undefined,
  at: string,
): Promise<ClaimResult> => {
  if (known === undefined) throw new Error('A claim that exists could not be read');
  const { intake } = claim.request;
  const kind = known.number_kind ?? 'L_TEMPORARY';
  if (known.intake === intake) return claimed(intake, known.person_id, known.version, kind, false);
  if (!known.registered) return continuePerson(tx, deps, claim, known, at);
  return existing(tx, claim, known);
};

/** What a school may learn of somebody who is known already (PRV-15). */
const existing = async (tx: Tx, { request }: OpenedClaim, known: Known): Promise<ClaimResult> => {
  enforces('PRV-15');
  return {
    intake: request.intake,
    outcome: 'EXISTS',
    kind: known.number_kind ?? 'L_TEMPORARY',
    authority: await authorityOf(tx, known.school),
    person: known.school === request.school ? known.person_id : null,
  };
};

/** A corrected form that turns out to be somebody else's: nothing of that person is touched. */
const answerOther = async (tx: Tx, claim: OpenedClaim): Promise<ClaimResult> => {
  const known = (await knownOf(tx, [claim])).get(claim.key.toString('hex'));
  if (known === undefined) throw new Error('A claim that exists could not be read');
  return existing(tx, claim, known);
};

const authorityOf = async (tx: Tx, school: string): Promise<string> => {
  const [row] = await query<{ authority: string }>(tx, 'select authority from school_ref where code = $1', [
    school,
  ]);
  return row?.authority ?? '000000';
};

/**
 * A person who is known and registered nowhere - from kindergarten, or after a final refusal - keeps the person
 * key, and the number if it still stands (ID-31); otherwise a new temporary number follows the old one. All else is
 * what the new form says.
 */
const continuePerson = async (
  tx: Tx,
  deps: Deps,
  claim: OpenedClaim,
  known: Known,
  at: string,
): Promise<ClaimResult> => {
  enforces('ID-31');
  const { request } = claim;
  const kind = known.active ? (known.number_kind ?? 'L_TEMPORARY') : 'L_TEMPORARY';
  if (!known.active) {
    await giveTemporaryNumbers(tx, [needOf(claim, known.person_id, known.numbers + 1)], deps.sealing, at);
  }
  for (const table of [
    'identity_document',
    'guardian',
    'guardian_link',
    'problem_record',
    'student_number',
  ]) {
    await execute(tx, `update ${table} set place = $2 where person_id = $1`, [
      known.person_id,
      request.place,
    ]);
  }
  const unlinked = await keepProvenLinks(tx, known.person_id, at, () =>
    renewPerson(tx, { ...claim, person: known.person_id }, deps.sealing, at),
  );
  const version = known.version + 1 + unlinked.length;
  await execute(
    tx,
    `update person set registered = true, approved = false, place = $2, school = $3, province = $4, number_kind = $5,
       version = $6 where person_id = $1`,
    [known.person_id, request.place, request.school, request.province, kind, version],
  );
  await execute(tx, 'update document_claim set intake = $2 where hash = $1', [claim.key, request.intake]);
  const whereabouts = { person: known.person_id, province: request.province, place: request.place };
  const first = known.version + 1;
  await recordEvents(tx, at, [
    known.active
      ? recorded(PreschoolNumberContinued, known.person_id, first, { ...whereabouts, kind })
      : recorded(TemporaryNumberAssigned, known.person_id, first, { ...whereabouts, kind: 'L_TEMPORARY' }),
    ...unlinked.map((subject, index) =>
      recorded(GuardianUnlinked, known.person_id, first + index + 1, { ...whereabouts, subject, to: at }),
    ),
  ]);
  return claimed(request.intake, known.person_id, version, kind, known.active);
};
