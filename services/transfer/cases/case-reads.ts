import DataLoader from 'dataloader';
import type { Reads } from '#libs/platform/database/reads.ts';
import type { CaseRecord } from './case-record.ts';
import { casesOfPersons } from './case-rows.ts';

/** Reads of one operation, batched; bound to the caller's scope by the database itself. */
export type CaseReads = {
  /** By person, oldest first. */
  ofPerson: DataLoader<string, CaseRecord[]>;
};

export const createCaseReads = (read: Reads): CaseReads => ({
  ofPerson: new DataLoader(
    async (persons) => {
      const cases = await read((tx) => casesOfPersons(tx, persons));
      const byPerson = Map.groupBy(cases, ({ person }) => person);
      return persons.map((person) => byPerson.get(person) ?? []);
    },
    { maxBatchSize: 200 },
  ),
});
