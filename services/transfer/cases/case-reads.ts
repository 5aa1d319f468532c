import DataLoader from 'dataloader';
import type { Reads } from '#libs/platform/database/reads.ts';
import { asWorkerOnce } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { CaseRecord } from './case-record.ts';
import { casesById, casesOfPersons, overtaken } from './case-rows.ts';

/** Reads of one operation, batched; bound to the caller's scope by the database itself. */
export type CaseReads = {
  /** By id; null where the scope does not cover it. */
  byId: DataLoader<string, CaseRecord | null>;
  /** By person, the latest of them, oldest first. */
  ofPerson: DataLoader<string, CaseRecord[]>;
  /** By draft: another case of its pupil has started; no more is told of it (PRV-15). */
  overtaken: DataLoader<string, boolean>;
};

export const createCaseReads = (read: Reads, { worker }: Pick<ServiceCore, 'worker'>): CaseReads => ({
  byId: new DataLoader(
    async (ids) => {
      const cases = await read((tx) => casesById(tx, ids));
      const byId = new Map(cases.map((found) => [found.id, found]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    { maxBatchSize: 200 },
  ),
  ofPerson: new DataLoader(
    async (persons) => {
      const cases = await read((tx) => casesOfPersons(tx, persons));
      const byPerson = Map.groupBy(cases, ({ person }) => person);
      return persons.map((person) => byPerson.get(person) ?? []);
    },
    { maxBatchSize: 200 },
  ),
  overtaken: new DataLoader(
    async (drafts) => {
      const found = await asWorkerOnce(worker, (tx) => overtaken(tx, drafts));
      return drafts.map((id) => found.has(id));
    },
    { maxBatchSize: 200 },
  ),
});
