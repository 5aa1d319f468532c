import { v7 as uuidv7 } from 'uuid';
import type { ClaimRequest } from '#libs/contracts/commands/claim-persons.ts';
import {
  type PersonForm,
  PersonForm as PersonFormShape,
  personFormContext,
} from '#libs/contracts/person-form.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { type Columns, insertRows } from '#libs/platform/database/insert.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { execute } from '#libs/platform/database/query.ts';
import type { NumberNeed } from '../number/give-number.ts';
import {
  childOf,
  documentContext,
  guardianContext,
  intakeKeyOf,
  keysOf,
  type PersonKeys,
} from './claim-key.ts';

/** A claim opened: who it is about, where, and the keys under which the nation knows the child. */
export type OpenedClaim = { request: ClaimRequest; form: PersonForm; keys: PersonKeys; person: string };

/** Keys under which an intake finds its person again, whatever the child has shown. */
export const keysOfClaim = (form: PersonForm, intake: string, sealing: Sealing): PersonKeys => {
  const keys = keysOf(childOf(form), sealing);
  return keys.claims.length > 0 ? keys : { ...keys, claims: [intakeKeyOf(intake, sealing)] };
};

export const openClaim = (request: ClaimRequest, sealing: Sealing): OpenedClaim => {
  const text = sealing.open(Buffer.from(request.sealed, 'base64'), personFormContext(request.intake));
  const form = PersonFormShape.parse(JSON.parse(text));
  return { request, form, keys: keysOfClaim(form, request.intake, sealing), person: uuidv7() };
};

/** What a new temporary number is built on. */
export const needOf = ({ request, form }: OpenedClaim, person: string, ordinal: number): NumberNeed => ({
  person,
  place: request.place,
  region: request.region,
  birthDate: form.birthDate,
  ordinal,
});

const personColumns: Columns = [
  ['person_id', 'uuid'],
  ['place', 'bigint'],
  ['school', 'text'],
  ['province', 'text'],
  ['registered', 'boolean'],
  ['approved', 'boolean'],
  ['name', 'text'],
  ['former_name', 'text'],
  ['gender', 'text'],
  ['birth_date', 'date'],
  ['nationality', 'text'],
  ['overseas_category', 'text'],
  ['ethnic_group', 'text'],
  ['document_type', 'text'],
  ['profile', 'jsonb'],
  ['number_kind', 'text'],
  ['duplicate_checked_at', 'timestamptz'],
  ['comparison', 'text'],
  ['version', 'int'],
  ['created_at', 'timestamptz'],
];

const documentColumns: Columns = [
  ['person_id', 'uuid'],
  ['document_id', 'uuid'],
  ['place', 'bigint'],
  ['type', 'text'],
  ['sealed', 'bytea'],
  ['valid_from', 'timestamptz'],
];

const guardianColumns: Columns = [
  ['person_id', 'uuid'],
  ['position', 'int'],
  ['place', 'bigint'],
  ['name', 'text'],
  ['relation', 'text'],
  ['is_legal', 'boolean'],
  ['ethnic_group', 'text'],
  ['document_type', 'text'],
  ['sealed_document', 'bytea'],
  ['document_hash', 'bytea'],
  ['work_unit', 'text'],
  ['household_address', 'text'],
  ['phone', 'text'],
];

/** Writes new persons with their documents and guardians; the number follows in the same transaction. */
export const insertPersons = async (
  tx: Tx,
  claims: readonly OpenedClaim[],
  sealing: Sealing,
  at: string,
): Promise<void> => {
  await insertRows(
    tx,
    'person',
    personColumns,
    claims.map(({ request, form, person }) => [
      person,
      request.place,
      request.school,
      request.province,
      true,
      false,
      form.name,
      form.formerName,
      form.gender,
      form.birthDate,
      form.nationality,
      form.overseasCategory,
      form.ethnicGroup,
      form.idDocumentType,
      JSON.stringify(form.profile),
      'L_TEMPORARY',
      at,
      'NOT_COMPARED',
      1,
      at,
    ]),
  );
  await insertDocuments(tx, claims, sealing, at);
  await insertGuardians(tx, claims, sealing);
};

const insertDocuments = async (
  tx: Tx,
  claims: readonly OpenedClaim[],
  sealing: Sealing,
  at: string,
): Promise<void> => {
  await insertRows(
    tx,
    'identity_document',
    documentColumns,
    claims.flatMap(({ request, form, person }) =>
      form.idDocumentNumber === null
        ? []
        : [
            [
              person,
              uuidv7(),
              request.place,
              form.idDocumentType,
              sealing.seal(form.idDocumentNumber, documentContext(person)),
              at,
            ],
          ],
    ),
  );
};

const insertGuardians = async (tx: Tx, claims: readonly OpenedClaim[], sealing: Sealing): Promise<void> => {
  await insertRows(
    tx,
    'guardian',
    guardianColumns,
    claims.flatMap(({ request, form, person }) =>
      form.guardians.map((guardian, position) => [
        person,
        position + 1,
        request.place,
        guardian.name,
        guardian.relation,
        guardian.isLegalGuardian,
        guardian.ethnicGroup,
        guardian.idDocumentType,
        guardian.idDocumentNumber &&
          sealing.seal(guardian.idDocumentNumber, guardianContext(person, position + 1)),
        guardian.idDocumentNumber &&
          sealing.hash('document', `${guardian.idDocumentType}|${guardian.idDocumentNumber}`),
        guardian.workUnit,
        guardian.householdAddress,
        guardian.phone,
      ]),
    ),
  );
};

/**
 * Takes over what a new form says of a person who is known and registered nowhere: the form rests on the documents
 * shown now (ID-22). Earlier documents stay with their end; person key and numbers are not touched.
 */
export const renewPerson = async (
  tx: Tx,
  claim: OpenedClaim,
  sealing: Sealing,
  at: string,
): Promise<void> => {
  const { form, person } = claim;
  await execute(
    tx,
    `update person set name = $2, former_name = $3, gender = $4, birth_date = $5, nationality = $6,
       overseas_category = $7, ethnic_group = $8, document_type = $9, profile = $10::jsonb,
       duplicate_checked_at = $11 where person_id = $1`,
    [
      person,
      form.name,
      form.formerName,
      form.gender,
      form.birthDate,
      form.nationality,
      form.overseasCategory,
      form.ethnicGroup,
      form.idDocumentType,
      JSON.stringify(form.profile),
      at,
    ],
  );
  await execute(tx, 'update identity_document set valid_to = $2 where person_id = $1 and valid_to is null', [
    person,
    at,
  ]);
  await execute(tx, 'delete from guardian where person_id = $1', [person]);
  await insertDocuments(tx, [claim], sealing, at);
  await insertGuardians(tx, [claim], sealing);
};
