import DataLoader from 'dataloader';
import type { Reads } from '#libs/platform/database/reads.ts';
import type { ApplicationRecord } from './application-record.ts';
import { applicationsOfPersons } from './application-rows.ts';

/** Applications by person, the latest of them, oldest first; batched, and bound to the caller's scope by the database itself. */
export type ApplicationReads = { ofPerson: DataLoader<string, ApplicationRecord[]> };

export const createApplicationReads = (read: Reads): ApplicationReads => ({
  ofPerson: new DataLoader(
    async (persons) => {
      const found = await read((tx) => applicationsOfPersons(tx, persons));
      const byPerson = Map.groupBy(found, ({ person }) => person);
      return persons.map((person) => byPerson.get(person) ?? []);
    },
    { maxBatchSize: 200 },
  ),
});
