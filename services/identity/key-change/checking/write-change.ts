import { v7 as uuidv7 } from 'uuid';
import { KeyInfoChanged, NumberReissued, NumberUpgraded } from '#libs/contracts/events/key-change.ts';
import type { StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { residentIdAmong } from '#libs/law/identity/key-change.ts';
import { type NumberAfterChange, numberAfterChange } from '#libs/law/identity/key-change-number.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import { recordEvents, recorded } from '#libs/platform/events/outbox.ts';
import { succeedNumber } from '../../number/formal-successor.ts';
import { documentContext } from '../../person/claim-key.ts';
import { countedOf } from '../../person/counted.ts';
import type { ChangeRecord } from '../change-rows.ts';
import type { PersonState } from '../situation.ts';
import { type KeyFacts, sealHistory } from '../values.ts';

export type Writing = { tx: Tx; sealing: Sealing; at: string };

/** A change that has passed its checks. `approver` is who decided on it for the authority, or the registrar. */
export type Passed = {
  record: ChangeRecord;
  person: PersonState;
  after: KeyFacts;
  wasCompared: boolean;
  approver: string;
};

const replaceDocument = async (
  { tx, sealing, at }: Writing,
  { person, place, values }: PersonState,
  after: KeyFacts,
): Promise<boolean> => {
  const { idDocumentType, idDocumentNumber } = after;
  if (idDocumentType === values.idDocumentType && idDocumentNumber === values.idDocumentNumber) return false;
  await execute(tx, 'update identity_document set valid_to = $2 where person_id = $1 and valid_to is null', [
    person,
    at,
  ]);
  if (idDocumentNumber === null) return true;
  await execute(
    tx,
    `insert into identity_document (person_id, document_id, place, type, sealed, valid_from)
     values ($1, $2, $3, $4, $5, $6)`,
    [person, uuidv7(), place, idDocumentType, sealing.seal(idDocumentNumber, documentContext(person)), at],
  );
  return true;
};

const successionEvent = { REISSUED: NumberReissued, UPGRADED: NumberUpgraded } as const;
const successionReason = { REISSUED: 'ID_NUMBER_CHANGED', UPGRADED: 'DOCUMENT_SUPPLIED' } as const;

const replaceNumber = async (
  { tx, sealing, at }: Writing,
  { person: { person, place }, approver }: Passed,
  succession: NumberAfterChange,
  residentId: string | null,
): Promise<StudentNumberKind | null> => {
  if (succession === 'STAYS' || residentId === null) return null;
  const reason = successionReason[succession];
  await succeedNumber(tx, sealing, { person, place, residentId, reason, approver }, at);
  return 'G_FORMAL';
};

/**
 * Writes the new values in one transaction with everything that rests on them: what was before goes into the history,
 * the document gets a successor, and the number, where the law says so (ID-12, ID-32). Tells of it without a value.
 */
export const writePassed = async (writing: Writing, passed: Passed): Promise<void> => {
  const { tx, sealing, at } = writing;
  const { record, person, after, wasCompared, approver } = passed;
  const residentId = residentIdAmong(after);
  const succession = numberAfterChange({
    kind: person.kind,
    before: residentIdAmong(person.values),
    after: residentId,
  });
  await execute(
    tx,
    `insert into key_history (person_id, change_id, place, sealed, until, reason, approver)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      person.person,
      record.id,
      person.place,
      sealHistory(sealing, record.id, person.values),
      at,
      record.kind,
      approver,
    ],
  );
  const isOtherDocument = await replaceDocument(writing, person, after);
  const kind = await replaceNumber(writing, passed, succession, residentId);
  const version = person.version + (kind === null ? 1 : 2);
  await execute(
    tx,
    `update person set name = $2, gender = $3, birth_date = $4, document_type = $5, duplicate_checked_at = $6,
       comparison = case when $7 then 'PASS' when $8 then 'NOT_COMPARED' else comparison end,
       compared_at = case when $7 then $6::timestamptz when $8 then null else compared_at end,
       number_kind = coalesce($9, number_kind), version = $10 where person_id = $1`,
    [
      person.person,
      after.name,
      after.gender,
      after.birthDate,
      after.idDocumentType,
      at,
      wasCompared,
      isOtherDocument,
      kind,
      version,
    ],
  );
  const { province, place } = person;
  const where = { person: person.person, province, place, change: record.id };
  await recordEvents(tx, at, [
    recorded(KeyInfoChanged, person.person, person.version + 1, { ...where, counted: countedOf(after) }),
    ...(succession === 'STAYS' || kind === null
      ? []
      : [recorded(successionEvent[succession], person.person, version, { ...where, kind: 'G_FORMAL' })]),
  ]);
};
