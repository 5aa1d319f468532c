import type { MikroORM } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import { query } from '#libs/platform/database/query.ts';
import type { Reads } from '#libs/platform/database/reads.ts';
import { asWorker } from '#libs/platform/database/scope.ts';
import { Guardian, IdentityDocument, Person, ProblemRecord, StudentNumber } from './entities.ts';
import { numberKeyOf } from './person/claim-key.ts';
import { type GuardianLink, guardianLinksOf } from './person/guardian-link.ts';

const groupBy = <Row extends { personId: string }>(ids: readonly string[], rows: readonly Row[]): Row[][] => {
  const groups = new Map<string, Row[]>(ids.map((id) => [id, []]));
  for (const row of rows) groups.get(row.personId)?.push(row);
  return ids.map((id) => groups.get(id) ?? []);
};

/** Reads of one operation, batched; every one is bound to the caller's scope by the database itself. */
export type People = {
  person: DataLoader<string, Person | null>;
  numbers: DataLoader<string, StudentNumber[]>;
  documents: DataLoader<string, IdentityDocument[]>;
  guardians: DataLoader<string, Guardian[]>;
  links: DataLoader<string, GuardianLink[]>;
  problems: DataLoader<string, ProblemRecord[]>;
};

export const createPeople = (read: Reads): People => {
  const options = { maxBatchSize: 200 };
  return {
    person: new DataLoader(async (ids) => {
      const rows = await read((tx) => tx.find(Person, { personId: { $in: [...ids] } }));
      const byId = new Map(rows.map((row) => [row.personId, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }, options),
    numbers: new DataLoader(
      async (ids) =>
        groupBy(
          ids,
          await read((tx) =>
            tx.find(StudentNumber, { personId: { $in: [...ids] } }, { orderBy: { ordinal: 'asc' } }),
          ),
        ),
      options,
    ),
    documents: new DataLoader(
      async (ids) =>
        groupBy(
          ids,
          await read((tx) => tx.find(IdentityDocument, { personId: { $in: [...ids] }, validTo: null })),
        ),
      options,
    ),
    guardians: new DataLoader(
      async (ids) =>
        groupBy(
          ids,
          await read((tx) =>
            tx.find(Guardian, { personId: { $in: [...ids] } }, { orderBy: { position: 'asc' } }),
          ),
        ),
      options,
    ),
    links: new DataLoader(async (ids) => {
      const links = await read((tx) => guardianLinksOf(tx, ids));
      return ids.map((id) => links.get(id) ?? []);
    }, options),
    problems: new DataLoader(
      async (ids) =>
        groupBy(
          ids,
          await read((tx) =>
            tx.find(ProblemRecord, { personId: { $in: [...ids] } }, { orderBy: { openedAt: 'asc' } }),
          ),
        ),
      options,
    ),
  };
};

/**
 * The person behind a current or former number, wherever it is registered (ID-01); whether the caller may know of it
 * is decided when the person is read within the caller's scope.
 */
export const personByNumber = (
  worker: MikroORM,
  number: string,
  sealing: Sealing,
): Promise<string | undefined> =>
  asWorker(worker, async (tx) => {
    const [row] = await query<{ person_id: string }>(
      tx,
      'select person_id from number_claim where hash = $1',
      [numberKeyOf(number, sealing)],
    );
    return row?.person_id;
  });
