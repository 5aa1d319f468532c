import type { ClaimRequest, KnownRecord } from '#libs/contracts/commands/claim-persons.ts';
import type { StudentNumberKind } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { ChildShown } from '#libs/law/identity/same-child.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { documentContext, documentOf, guardianContext, keysOf, type PersonKeys } from './claim-key.ts';

/** Somebody whom the nation knows, with everything by which others are told from them. */
export type KnownPerson = {
  person: string;
  registered: boolean;
  school: string;
  authority: string;
  kind: StudentNumberKind | null;
  version: number;
  /** A number stands. */
  active: boolean;
  numbers: number;
  child: ChildShown;
  keys: PersonKeys;
};

type Row = {
  person_id: string;
  registered: boolean;
  school: string;
  authority: string | null;
  number_kind: StudentNumberKind | null;
  version: number;
  active: boolean;
  numbers: number;
  name: string;
  gender: string;
  birth_date: string;
  nationality: string;
  document: { type: string; sealed: string } | null;
  guardians: { position: number; is_legal: boolean; type: string; sealed: string | null }[] | null;
};

const openHex = (sealing: Sealing, hex: string, context: string): string =>
  sealing.open(Buffer.from(hex, 'hex'), context);

const childOf = (row: Row, sealing: Sealing): ChildShown => ({
  name: row.name,
  birthDate: row.birth_date,
  gender: row.gender,
  nationality: row.nationality,
  document:
    row.document &&
    documentOf(row.document.type, openHex(sealing, row.document.sealed, documentContext(row.person_id))),
  guardians: (row.guardians ?? []).map(({ position, is_legal, type, sealed }) => ({
    isLegalGuardian: is_legal,
    document:
      sealed === null
        ? null
        : documentOf(type, openHex(sealing, sealed, guardianContext(row.person_id, position))),
  })),
});

const knownOf = (row: Row, sealing: Sealing): KnownPerson => {
  const child = childOf(row, sealing);
  return {
    person: row.person_id,
    registered: row.registered,
    school: row.school,
    authority: row.authority ?? '000000',
    kind: row.number_kind,
    version: row.version,
    active: row.active,
    numbers: row.numbers,
    child,
    keys: keysOf(child, sealing),
  };
};

/** Keeps persons as they are until the transaction ends. */
export const lockPersons = async (tx: Tx, persons: readonly string[]): Promise<void> => {
  if (persons.length === 0) return;
  await query(
    tx,
    'select person_id from person where person_id = any($1::uuid[]) order by person_id for update',
    [persons],
  );
};

/** Persons as they stand now. */
export const knownPersons = async (
  tx: Tx,
  sealing: Sealing,
  persons: readonly string[],
): Promise<Map<string, KnownPerson>> => {
  if (persons.length === 0) return new Map();
  const rows = await query<Row>(
    tx,
    `select p.person_id, p.registered, p.school, s.authority, p.number_kind, p.version, p.name, p.gender,
            p.birth_date::text, p.nationality,
            exists (select 1 from student_number n where n.person_id = p.person_id and n.state = 'ACTIVE') as active,
            (select count(*)::int from student_number n where n.person_id = p.person_id) as numbers,
            (select jsonb_build_object('type', d.type, 'sealed', encode(d.sealed, 'hex')) from identity_document d
             where d.person_id = p.person_id and d.valid_to is null limit 1) as document,
            (select jsonb_agg(jsonb_build_object('position', g.position, 'is_legal', g.is_legal,
                      'type', g.document_type, 'sealed', encode(g.sealed_document, 'hex')) order by g.position)
             from guardian g where g.person_id = p.person_id) as guardians
     from person p left join school_ref s on s.code = p.school where p.person_id = any($1::uuid[])`,
    [persons],
  );
  return new Map(rows.map((row) => [row.person_id, knownOf(row, sealing)]));
};

/** What a school may learn of somebody who is known already (PRV-15). */
export const recordFor = ({ school }: ClaimRequest, known: KnownPerson): KnownRecord => {
  enforces('PRV-15');
  return {
    kind: known.kind ?? 'L_TEMPORARY',
    authority: known.authority,
    person: known.school === school ? known.person : null,
  };
};

/** Of several registered persons the one of the own school: there the school can look. */
export const firstRegistered = (
  { school }: ClaimRequest,
  persons: readonly KnownPerson[],
): KnownPerson | undefined => {
  const registered = persons.filter((person) => person.registered);
  return registered.find((person) => person.school === school) ?? registered[0];
};
