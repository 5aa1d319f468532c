import { GuardianUnlinked, StudentInfoUpdated } from '#libs/contracts/events/identity.ts';
import { enforces } from '#libs/law/enforces.ts';
import { type Finding, finding, type LawPlace } from '#libs/law/finding.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { guardianContext, keysOf, type PersonKeys } from '../person/claim-key.ts';
import { keepProvenLinks } from '../person/guardian-link.ts';
import { type HeldPerson, shownBy } from '../person/held-person.ts';
import { livingOf } from '../person/living.ts';
import { moveKeys } from '../person/move-keys.ts';
import { confirmFields } from './confirmation-rows.ts';
import { personAfter, presentValue } from './next-person.ts';
import { guardianOf, type Items } from './proposal.ts';
import { updateContext } from './update-record.ts';

/** A change that has come to its end: what of whom, under which id, on whose word. */
export type Applying = {
  tx: Tx;
  sealing: Sealing;
  held: HeldPerson;
  items: Items;
  id: string;
  by: string;
  at: string;
  today: string;
  lawPlace: LawPlace;
};

const knownElsewhere = (today: string, place: LawPlace): Finding =>
  finding('ID-17', {
    code: 'DUPLICATE_RECORD_FOUND',
    outcome: 'REJECT',
    message: '修改后的信息与全国已有的另一条学籍为同一学生，未通过查重。',
    messageEn: 'By the new data another record is the same child.',
    remedy: '请对照证件核对；确为同一学生的，请按问题学籍处理。',
    ownerLevel: 'SCHOOL',
    on: today,
    place,
  });

/**
 * Writes the new values; the old ones stay in the history (ID-32). The child stands under the keys of its new data from
 * then on (ID-17), and whoever is no guardian any more loses the tie to the child with the next request (PRV-11).
 */
export const applyItems = async (applying: Applying): Promise<Finding[]> => {
  enforces('ID-16', 'ID-32');
  const { tx, sealing, held, items, at, today, lawPlace } = applying;
  const after = personAfter(held, items);
  const [before, keys] = [keysOf(shownBy(held), sealing), keysOf(shownBy(after), sealing)];
  const { same } = await moveKeys(
    { tx, sealing, at },
    { person: held.person, intake: applying.id, keys, before, former: documentClaims(held, before) },
  );
  if (same.length > 0) return [knownElsewhere(today, lawPlace)];
  await keepHistory(applying);
  const unlinked = await keepProvenLinks(tx, held.person, at, () => writeGuardians(applying, after));
  await writePerson(tx, after, held.version + 1 + unlinked.length);
  await confirmFields(tx, held, Object.keys(items), { on: today, by: applying.by });
  const where = { person: held.person, province: held.province, place: held.place };
  await recordEvents(tx, at, [
    recorded(StudentInfoUpdated, held.person, held.version + 1, { ...where, living: livingOf(after) }),
    ...unlinked.map((subject, index) =>
      recorded(GuardianUnlinked, held.person, held.version + 2 + index, { ...where, subject, to: at }),
    ),
  ]);
  return [];
};

/**
 * A passport names its holder together with the country that numbers it: the claim of the former nationality is free
 * again. A child without a document stays known by every guardian it ever had.
 */
const documentClaims = ({ document }: HeldPerson, before: PersonKeys): readonly Buffer[] =>
  document.number === null ? [] : before.claims;

const keepHistory = async ({ tx, sealing, held, items, id, by, at }: Applying): Promise<void> => {
  await insertRows(
    tx,
    'information_history',
    [
      ['person_id', 'uuid'],
      ['update_id', 'uuid'],
      ['field', 'text'],
      ['place', 'bigint'],
      ['sealed', 'bytea'],
      ['ended_at', 'timestamptz'],
      ['approver', 'text'],
    ],
    Object.keys(items).map((item) => [
      held.person,
      id,
      item,
      held.place,
      sealing.seal(JSON.stringify(presentValue(held, item)), updateContext(id)),
      at,
      by,
    ]),
  );
};

const writePerson = (tx: Tx, after: HeldPerson, version: number): Promise<number> =>
  execute(
    tx,
    `update person set former_name = $2, nationality = $3, overseas_category = $4, ethnic_group = $5,
       profile = $6::jsonb, provincial = $7::jsonb, version = $8 where person_id = $1`,
    [
      after.person,
      after.formerName,
      after.nationality,
      after.overseasCategory,
      after.ethnicGroup,
      JSON.stringify(after.profile),
      JSON.stringify(after.provincial),
      version,
    ],
  );

/** The lines of the form that the change touches are written anew; the others stay untouched. */
const writeGuardians = async ({ tx, sealing, items }: Applying, after: HeldPerson): Promise<void> => {
  const touched = new Set(Object.keys(items).flatMap((item) => guardianOf(item)?.position ?? []));
  for (const position of touched) {
    await execute(tx, 'delete from guardian where person_id = $1 and position = $2', [
      after.person,
      position,
    ]);
    const line = after.guardians.find((guardian) => guardian.position === position);
    if (line === undefined) continue;
    const number = line.idDocumentNumber;
    await execute(
      tx,
      `insert into guardian (person_id, position, place, name, relation, is_legal, ethnic_group, document_type,
         sealed_document, document_hash, work_unit, household_address, phone)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
      [
        ...[after.person, position, after.place, line.name, line.relation, line.isLegalGuardian],
        ...[line.ethnicGroup, line.idDocumentType],
        number && sealing.seal(number, guardianContext(after.person, position)),
        number && sealing.hash('document', `${line.idDocumentType}|${number}`),
        ...[line.workUnit, line.householdAddress, line.phone],
      ],
    );
  }
};
