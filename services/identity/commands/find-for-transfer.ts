import type { z } from 'zod';
import {
  type BirthTold,
  findForTransferContext,
  type KnownPupil,
  PupilSought,
} from '#libs/contracts/commands/find-for-transfer.ts';
import { enforces } from '#libs/law/enforces.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Tx } from '#libs/platform/database/orm.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { documentOf, keysOf, numberKeyOf } from '../person/claim-key.ts';
import { foundByCheck } from '../person/found-elsewhere.ts';
import { plainName } from '../person/plain-name.ts';

type Row = { person: string; name: string; birth_date: string };

const byStudentNumber = (tx: Tx, hash: Buffer): Promise<Row[]> =>
  query<Row>(
    tx,
    `select p.person_id as person, p.name, p.birth_date::text from number_claim c
     join person p on p.person_id = c.person_id where c.hash = $1`,
    [hash],
  );

const byDocument = (tx: Tx, hashes: readonly Buffer[]): Promise<Row[]> =>
  query<Row>(
    tx,
    `select distinct p.person_id as person, p.name, p.birth_date::text from document_claim c
     join person p on p.person_id = c.person_id where c.hash = any($1::bytea[])`,
    [hashes],
  );

/** Keys of a document that name one person by themselves; one that only counts with birth and gender finds nobody. */
const documentKeys = (type: string, number: string, name: string, sealing: Sealing): Buffer[] =>
  keysOf(
    {
      name,
      birthDate: '',
      gender: '',
      nationality: '',
      document: documentOf(type, number),
      guardians: [],
    },
    sealing,
  ).claims;

const rowsFor = (tx: Tx, { name, by }: KnownPupil, sealing: Sealing): Promise<Row[]> =>
  'studentNumber' in by
    ? byStudentNumber(tx, numberKeyOf(normaliseIdNumber(by.studentNumber), sealing))
    : byDocument(tx, documentKeys(by.idDocumentType, by.idDocumentNumber, name, sealing));

const byNumberAndName = async (tx: Tx, known: KnownPupil, sealing: Sealing): Promise<Row | undefined> =>
  (await rowsFor(tx, known, sealing)).find((row) => plainName(row.name) === plainName(known.name));

/**
 * Who a pupil is whom a school wants to take in: by a number, current or former, or a document, and the name together
 * (ID-01); or whom the own school's refused registration has found (TRF-53). A number that is nobody's and a name that does
 * not fit are answered alike (PRV-15).
 */
export const handleFindForTransfer = async (
  { worker, sealing }: Pick<ServiceCore, 'worker' | 'sealing'>,
  { id, sealed }: { id: string; sealed: string },
): Promise<{ person: string; sealed: string } | null> => {
  enforces('PRV-15');
  const text = sealing.open(Buffer.from(sealed, 'base64'), findForTransferContext(id));
  const sought = PupilSought.parse(JSON.parse(text));
  const found = await asWorker(worker, (tx) =>
    'found' in sought ? foundByCheck(tx, sought) : byNumberAndName(tx, sought, sealing),
  );
  if (found === undefined) return null;
  const told: z.infer<typeof BirthTold> = { birthDate: found.birth_date };
  const answer = sealing.seal(JSON.stringify(told), `${findForTransferContext(id)}:answer`);
  return { person: found.person, sealed: answer.toString('base64') };
};
