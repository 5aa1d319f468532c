import type { PersonForm, ProfileFacts } from '#libs/contracts/person-form.ts';
import type { IdDocumentType } from '#libs/contracts/vocabulary.ts';
import type { ChildShown } from '#libs/law/identity/same-child.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Scope } from '#libs/platform/database/scope.ts';
import { documentContext, documentOf, guardianContext } from './claim-key.ts';

export type HeldGuardian = PersonForm['guardians'][number] & { position: number };

/** Everything that is kept of a person, as it stands while the transaction holds it. */
export type HeldPerson = {
  person: string;
  school: string;
  place: number;
  province: string;
  registered: boolean;
  version: number;
  name: string;
  formerName: string | null;
  gender: PersonForm['gender'];
  birthDate: string;
  nationality: string;
  overseasCategory: string;
  ethnicGroup: string | null;
  document: { type: IdDocumentType; number: string | null };
  profile: ProfileFacts;
  provincial: Readonly<Record<string, string>>;
  guardians: readonly HeldGuardian[];
};

type Row = {
  school: string;
  place: string;
  province: string;
  registered: boolean;
  version: number;
  name: string;
  former_name: string | null;
  gender: HeldPerson['gender'];
  birth_date: string;
  nationality: string;
  overseas_category: string;
  ethnic_group: string | null;
  document_type: IdDocumentType;
  profile: ProfileFacts;
  provincial: Record<string, string>;
};

type GuardianRow = {
  position: number;
  name: string;
  relation: HeldGuardian['relation'];
  is_legal: boolean;
  ethnic_group: string | null;
  document_type: IdDocumentType;
  sealed_document: Buffer | null;
  work_unit: string | null;
  household_address: string | null;
  phone: string | null;
};

const columns = `school, place, province, registered, version, name, former_name, gender, birth_date::text, nationality,
  overseas_category, ethnic_group, document_type, profile, provincial`;

/**
 * Holds a person until the worker's transaction ends, where the scope covers it: by the range of the tree or by the
 * short list. Nothing otherwise, whether there is such a person or not (PRV-12).
 */
export const holdPerson = async (
  tx: Tx,
  sealing: Sealing,
  scope: Scope,
  person: string,
): Promise<HeldPerson | undefined> => {
  const [row] = await query<Row>(
    tx,
    `select ${columns} from person
     where person_id = $1 and (place between $2 and $3 or person_id = any($4::uuid[])) for update`,
    [person, scope.lo, scope.hi, [...scope.persons]],
  );
  if (row === undefined) return undefined;
  const [document] = await query<{ sealed: Buffer }>(
    tx,
    'select sealed from identity_document where person_id = $1 and valid_to is null limit 1',
    [person],
  );
  return {
    person,
    school: row.school,
    place: Number(row.place),
    province: row.province,
    registered: row.registered,
    version: row.version,
    name: row.name,
    formerName: row.former_name,
    gender: row.gender,
    birthDate: row.birth_date,
    nationality: row.nationality,
    overseasCategory: row.overseas_category,
    ethnicGroup: row.ethnic_group,
    document: {
      type: row.document_type,
      number: document === undefined ? null : sealing.open(document.sealed, documentContext(person)),
    },
    profile: row.profile,
    provincial: row.provincial,
    guardians: await guardiansOf(tx, sealing, person),
  };
};

const guardiansOf = async (tx: Tx, sealing: Sealing, person: string): Promise<HeldGuardian[]> => {
  const rows = await query<GuardianRow>(
    tx,
    `select position, name, relation, is_legal, ethnic_group, document_type, sealed_document, work_unit,
            household_address, phone
     from guardian where person_id = $1 order by position`,
    [person],
  );
  return rows.map((row) => ({
    position: row.position,
    name: row.name,
    relation: row.relation,
    isLegalGuardian: row.is_legal,
    ethnicGroup: row.ethnic_group,
    idDocumentType: row.document_type,
    idDocumentNumber:
      row.sealed_document && sealing.open(row.sealed_document, guardianContext(person, row.position)),
    workUnit: row.work_unit,
    householdAddress: row.household_address,
    phone: row.phone,
  }));
};

/** What is kept of a person, as children are told apart by it (ID-17). */
export const shownBy = (held: HeldPerson): ChildShown => ({
  name: held.name,
  birthDate: held.birthDate,
  gender: held.gender,
  nationality: held.nationality,
  document: documentOf(held.document.type, held.document.number),
  guardians: held.guardians.map(({ isLegalGuardian, idDocumentType, idDocumentNumber }) => ({
    isLegalGuardian,
    document: documentOf(idDocumentType, idDocumentNumber),
  })),
});
