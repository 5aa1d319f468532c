import { z } from 'zod';
import { findPersonsContext, Sought } from '#libs/contracts/commands/find-persons.ts';
import { normaliseIdNumber } from '#libs/law/identity/citizen-id.ts';
import { query } from '#libs/platform/database/query.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { numberKeyOf } from '../person/claim-key.ts';

const plain = (name: string): string => name.normalize('NFC').replaceAll(/\s/gu, '');

/** Persons by number and name together; a former number finds its person too (ID-01). */
export const handleFindPersons = async (
  { worker, sealing }: Pick<ServiceCore, 'worker' | 'sealing'>,
  { id, sealed }: { id: string; sealed: string },
): Promise<(string | null)[]> => {
  const text = sealing.open(Buffer.from(sealed, 'base64'), findPersonsContext(id));
  const sought = z.array(Sought).max(200).parse(JSON.parse(text));
  const keys = sought.map(({ studentNumber }) => numberKeyOf(normaliseIdNumber(studentNumber), sealing));
  const rows = await asWorker(worker, (tx) =>
    query<{ hash: Buffer; person_id: string; name: string }>(
      tx,
      `select c.hash, c.person_id, p.name from number_claim c join person p on p.person_id = c.person_id
       where c.hash = any($1::bytea[])`,
      [keys],
    ),
  );
  const found = new Map(rows.map((row) => [row.hash.toString('hex'), row]));
  return sought.map(({ name }, index) => {
    const row = found.get(keys[index]?.toString('hex') ?? '');
    return row !== undefined && plain(row.name) === plain(name) ? row.person_id : null;
  });
};
