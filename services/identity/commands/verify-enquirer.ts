import type { z } from 'zod';
import {
  EnquirerSaid,
  enquiredNumberContext,
  enquirerContext,
  type verifyEnquirer,
} from '#libs/contracts/commands/verify-enquirer.ts';
import { IdDocumentType } from '#libs/contracts/vocabulary.ts';
import { enforces } from '#libs/law/enforces.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import { readDocumentNumber } from '#libs/law/identity/document-number.ts';
import { type EnquiryFacts, judgeEnquirer } from '#libs/law/ticket/enquiry.ts';
import { queryOne } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { numberContext } from '../person/claim-key.ts';
import { plainName } from '../person/plain-name.ts';

type Core = Pick<ServiceCore, 'worker' | 'sealing' | 'clock'>;
type Answer = z.infer<typeof verifyEnquirer.reply>;

/** One row for every question, empty where nobody is found. */
type Row = {
  person: string | null;
  name: string | null;
  birthDate: string | null;
  school: string | null;
  province: string | null;
  number: Buffer | null;
  guardians: { name: string; document: string | null; phone: string | null }[];
};

const record = `select p.person_id as person, p.name, p.birth_date::text as "birthDate", p.school, p.province,
    n.sealed as number, coalesce(g.guardians, '[]'::jsonb) as guardians
  from (select $1::bytea[] as keys) asked
  left join lateral (select person_id from document_claim where hash = any(asked.keys) limit 1) c on true
  left join person p on p.person_id = c.person_id and p.merged_into is null
  left join lateral (select sealed from student_number where person_id = p.person_id and state = 'ACTIVE'
    order by ordinal desc limit 1) n on true
  left join lateral (select jsonb_agg(jsonb_build_object('name', name, 'document', encode(document_hash, 'hex'),
      'phone', phone)) as guardians
    from guardian where person_id = p.person_id and is_legal) g on true`;

/** Keys under which a child with that document is known: those of documents that alone name one person. */
const keysOf = ({ sealing }: Core, document: string): Buffer[] => {
  const { plain, holder } = readDocumentNumber(document);
  return [`RESIDENT_ID|${plain}`, `HK_MACAO_PERMIT|${holder}`, `TAIWAN_PERMIT|${holder}`].map((claim) =>
    sealing.hash('document', claim),
  );
};

/** A guardian's document under every type that it may have been entered as. */
const guardianKeys = ({ sealing }: Core, document: string): ReadonlySet<string> =>
  new Set(
    IdDocumentType.options.map((type) =>
      sealing.hash('document', `${type}|${normaliseIdNumber(document)}`).toString('hex'),
    ),
  );

const digits = (phone: string | null): string => (phone ?? '').normalize('NFKC').replaceAll(/\D/gu, '');

/** A day of birth that the resident ID number says already is no further fact. */
const furtherMatches = (said: EnquirerSaid, row: Row, guardians: Row['guardians']): number => {
  const agrees = [
    !readDocumentNumber(said.student.document).isResidentId &&
      said.birthDate !== null &&
      said.birthDate === row.birthDate,
    said.school !== null && said.school === row.school,
    digits(said.phone) !== '' && guardians.some(({ phone }) => digits(phone) === digits(said.phone)),
  ];
  return agrees.filter(Boolean).length;
};

/** How far what was said agrees with the record; a guardian must be one of the record, by name and document together. */
const compared = (core: Core, said: EnquirerSaid, row: Row): EnquiryFacts => {
  const keys = guardianKeys(core, said.guardian?.document ?? '');
  const byDocument = row.guardians.filter(({ document }) => document !== null && keys.has(document));
  const byName = byDocument.filter(({ name }) => plainName(name) === plainName(said.guardian?.name ?? ''));
  const isGuardian = said.asks === 'GUARDIAN';
  return {
    asks: said.asks,
    nameMatches:
      row.name !== null &&
      plainName(row.name) === plainName(said.student.name) &&
      (!isGuardian || byName.length > 0),
    documentMatches: row.person !== null && (!isGuardian || byDocument.length > 0),
    furtherMatches: furtherMatches(said, row, isGuardian ? byName : row.guardians),
  };
};

/** Compares an enquirer with the record (ID-29), with the same work whether there is one; tells the number where all agrees. */
export const handleVerifyEnquirer = async (
  core: Core,
  { id, sealed }: z.infer<typeof verifyEnquirer.request>,
): Promise<Answer> => {
  enforces('ID-29');
  const { worker, sealing, clock } = core;
  const text = sealing.open(Buffer.from(sealed, 'base64'), enquirerContext(id));
  const said = EnquirerSaid.parse(JSON.parse(text));
  const row = await asWorker(worker, (tx) =>
    queryOne<Row>(tx, record, [keysOf(core, said.student.document)]),
  );
  const { asks, ...facts } = compared(core, said, row);
  const place = { province: row.province ?? '000000' };
  const { person, number } = row;
  const isVerified = judgeEnquirer({ asks, ...facts }, clock.today(), place).length === 0;
  if (!isVerified || person === null || number === null) return { ...facts, told: null };
  const plain = sealing.open(Buffer.from(number), numberContext(person));
  return {
    ...facts,
    told: { person, sealed: sealing.seal(plain, enquiredNumberContext(id)).toString('base64') },
  };
};
