import { type Holder, tellHoldersContext } from '#libs/contracts/commands/tell-holders.ts';
import type { Gender } from '#libs/contracts/vocabulary.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { documentContext, numberContext } from '../person/claim-key.ts';

type Row = {
  person: string;
  name: string;
  gender: Gender;
  birthDate: string;
  ethnicGroup: string | null;
  household: string | null;
  number: Buffer | null;
  document: Buffer | null;
  documentType: string;
  overseasCategory: string;
};

const holders = `select p.person_id as person, p.name, p.gender, p.birth_date::text as "birthDate", p.ethnic_group as "ethnicGroup",
    p.profile->>'householdAddress' as household, p.document_type as "documentType",
    p.overseas_category as "overseasCategory", n.sealed as number, d.sealed as document
  from person p
  left join lateral (select sealed from student_number where person_id = p.person_id and state = 'ACTIVE'
    order by ordinal desc limit 1) n on true
  left join lateral (select sealed from identity_document where person_id = p.person_id and valid_to is null
    order by valid_from desc limit 1) d on true
  where p.person_id = any($1::uuid[]) and p.merged_into is null`;

/** What certificates say of these holders, sealed for the service that issues them. */
export const handleTellHolders = async (
  { worker, sealing }: Pick<ServiceCore, 'worker' | 'sealing'>,
  { id, persons }: { id: string; persons: string[] },
): Promise<string> => {
  const rows = await asWorker(worker, (tx) => query<Row>(tx, holders, [persons]));
  const told = rows.map(
    ({ person, name, gender, birthDate, ethnicGroup, household, number, document, ...row }): Holder => ({
      ...{ person, name, gender, birthDate, ethnicGroup },
      studentNumber: number === null ? null : sealing.open(Buffer.from(number), numberContext(person)),
      idDocumentNumber:
        document === null ? null : sealing.open(Buffer.from(document), documentContext(person)),
      division: /^\((\d{6})\)/.exec(household ?? '')?.[1] ?? null,
      without: {
        idDocument: document === null && row.documentType === 'NONE',
        household: household === null && row.overseasCategory !== 'NONE',
      },
    }),
  );
  return sealing.seal(JSON.stringify(told), tellHoldersContext(id)).toString('base64');
};
