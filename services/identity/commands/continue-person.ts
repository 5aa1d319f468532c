import type { ClaimResult, KnownRecord } from '#libs/contracts/commands/claim-persons.ts';
import {
  GuardianUnlinked,
  PreschoolNumberContinued,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { endForNewForm } from '../key-change/follow-person.ts';
import { giveTemporaryNumbers } from '../number/give-number.ts';
import { addKeys, without } from '../person/claim-table.ts';
import { countedOf } from '../person/counted.ts';
import { keepProvenLinks } from '../person/guardian-link.ts';
import type { KnownPerson } from '../person/known-person.ts';
import { leave, standUnder } from '../person/likeness-table.ts';
import { livingOf } from '../person/living.ts';
import { moveRecords } from '../person/move-records.ts';
import { needOf, type OpenedClaim, renewPerson } from '../person/new-person.ts';
import { endUpdates } from '../updates/hand-on.ts';

/**
 * A person who is known and registered nowhere - from kindergarten, or after a final refusal - keeps the person
 * key, and the number if it still stands (ID-31); otherwise a new temporary number follows the old one. All else is
 * what the new form says. The documents shown before stay the person's.
 */
export const continuePerson = async (
  tx: Tx,
  sealing: Sealing,
  claim: OpenedClaim,
  known: KnownPerson,
  alike: KnownRecord[],
  at: string,
): Promise<ClaimResult> => {
  enforces('ID-31');
  const { request, keys } = claim;
  const { person, active } = known;
  const kind = active ? (known.kind ?? 'L_TEMPORARY') : 'L_TEMPORARY';
  if (!active) await giveTemporaryNumbers(tx, [needOf(claim, person, known.numbers + 1)], sealing, at);
  await moveRecords(tx, [person], request.place);
  await endForNewForm(tx, person, at);
  await endUpdates(tx, sealing, person, at);
  const unlinked = await keepProvenLinks(tx, person, at, () =>
    renewPerson(tx, { ...claim, person }, sealing, at),
  );
  const version = known.version + 1 + unlinked.length;
  await execute(
    tx,
    `update person set registered = true, approved = false, place = $2, school = $3, province = $4, number_kind = $5,
       version = $6 where person_id = $1`,
    [person, request.place, request.school, request.province, kind, version],
  );
  await addKeys(tx, { person, intake: request.intake, claims: keys.claims }, at);
  await standUnder(tx, { person, keys });
  await leave(tx, person, without(known.keys.likenesses, keys.likenesses));
  const whereabouts = { person, province: request.province, place: request.place };
  const first = known.version + 1;
  const told = { counted: countedOf(claim.form), living: livingOf(claim.form) };
  await recordEvents(tx, at, [
    active
      ? recorded(PreschoolNumberContinued, person, first, { ...whereabouts, ...told, kind })
      : recorded(TemporaryNumberAssigned, person, first, { ...whereabouts, ...told, kind: 'L_TEMPORARY' }),
    ...unlinked.map((subject, index) =>
      recorded(GuardianUnlinked, person, first + index + 1, { ...whereabouts, subject, to: at }),
    ),
  ]);
  const { intake } = request;
  return { intake, outcome: 'CLAIMED', person, version, kind, continued: active, alike };
};
