import type { ClaimResult } from '#libs/contracts/commands/claim-persons.ts';
import {
  GuardianUnlinked,
  StudentInfoUpdated,
  TemporaryNumberAssigned,
} from '#libs/contracts/events/identity.ts';
import type { StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute, query } from '#libs/platform/database/query.ts';
import { type Recorded, recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { endNumber, giveTemporaryNumbers } from '../number/give-number.ts';
import { keepProvenLinks } from '../person/guardian-link.ts';
import { type OpenedClaim, renewPerson } from '../person/new-person.ts';

type Waiting = {
  person_id: string;
  school: string;
  registered: boolean;
  approved: boolean;
  version: number;
  name: string;
  birth_date: string;
  number_kind: StudentNumberKind;
  numbers: number;
};

type Correcting = { tx: Tx; sealing: Sealing; at: string };

/** The answer where the corrected form names somebody whom the nation knows as another person. */
export type AnswerKnown = (claim: OpenedClaim) => Promise<ClaimResult>;

/**
 * A registration that was sent back is collected again (W-03): the form replaces what the school wrote before, and
 * the nationwide check runs anew (ID-17). Nobody has approved the old data, so no history is owed to them; the document
 * number that was wrong is free for the child that really has it. Asked again it answers the same.
 */
export const correctPerson = async (
  correcting: Correcting,
  claim: OpenedClaim,
  person: string,
  answerKnown: AnswerKnown,
): Promise<ClaimResult> => {
  const { tx, at } = correcting;
  const waiting = await lockWaiting(tx, person);
  const held = await claimsOf(tx, person);
  const { intake } = claim.request;
  if (held.some((own) => own.intake === intake)) return answerOf(intake, waiting);
  mustWait(waiting, claim);
  const isSameDocument = held.some((own) => own.hash.equals(claim.key));
  if (waiting.number_kind !== 'L_TEMPORARY' && !(isSameDocument && waiting.name === claim.form.name))
    return { intake, outcome: 'KEY_CHANGE' };
  if (!(await moveClaim(tx, claim, person, at))) return answerKnown(claim);
  const links = await keepProvenLinks(tx, person, at, () =>
    renewPerson(tx, { ...claim, person }, correcting.sealing, at),
  );
  const where = { person, province: claim.request.province, place: claim.request.place };
  const told: ((version: number) => Recorded)[] = [
    (version) => recorded(StudentInfoUpdated, person, version, where),
    ...links.map(
      (subject) => (version: number) =>
        recorded(GuardianUnlinked, person, version, { ...where, subject, to: at }),
    ),
  ];
  if (waiting.number_kind === 'L_TEMPORARY' && waiting.birth_date !== claim.form.birthDate) {
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
  return answerOf(intake, { ...waiting, version });
};

const answerOf = (intake: string, { person_id, version, number_kind }: Waiting): ClaimResult => ({
  intake,
  outcome: 'CLAIMED',
  person: person_id,
  version,
  kind: number_kind,
  continued: false,
});

const lockWaiting = async (tx: Tx, person: string): Promise<Waiting> => {
  const [row] = await query<Waiting>(
    tx,
    `select p.person_id, p.school, p.registered, p.approved, p.version, p.name,
            p.birth_date::text, p.number_kind,
            (select count(*)::int from student_number n where n.person_id = p.person_id) as numbers
     from person p where p.person_id = $1 for update`,
    [person],
  );
  if (row === undefined) throw new Error('A registration to be corrected names nobody');
  return row;
};

const mustWait = ({ registered, approved, school }: Waiting, { request }: OpenedClaim): void => {
  if (!registered || approved || school !== request.school) {
    throw new Error('Only a registration that waits at its own school is collected again');
  }
};

const claimsOf = (tx: Tx, person: string): Promise<{ intake: string; hash: Buffer }[]> =>
  query(tx, 'select intake, hash from document_claim where person_id = $1', [person]);

/** Puts the person under the key of the corrected form; false where somebody else has it. */
const moveClaim = async (tx: Tx, claim: OpenedClaim, person: string, at: string): Promise<boolean> => {
  const [won] = await query(
    tx,
    `insert into document_claim (hash, person_id, intake, claimed_at) values ($1, $2, $3, $4)
     on conflict (hash) do update set intake = excluded.intake
       where document_claim.person_id = excluded.person_id returning hash`,
    [claim.key, person, claim.request.intake, at],
  );
  if (won === undefined) return false;
  await execute(tx, 'delete from document_claim where person_id = $1 and hash <> $2', [person, claim.key]);
  return true;
};

/** A temporary number is built on the birth date: with another date there is another number. */
const renumber = async (
  { tx, sealing, at }: Correcting,
  { request, form }: OpenedClaim,
  { person_id: person, numbers }: Waiting,
): Promise<void> => {
  await endNumber(tx, person, at);
  const need = {
    person,
    place: request.place,
    region: request.region,
    birthDate: form.birthDate,
    ordinal: numbers + 1,
  };
  await giveTemporaryNumbers(tx, [need], sealing, at);
};
