import type { MikroORM } from '@mikro-orm/postgresql';
import DataLoader from 'dataloader';
import { inScope, type Scope } from '#libs/platform/database/scope.ts';
import type { CaseRecord } from './case-record.ts';
import { casesOfPersons } from './case-rows.ts';

/** Reads of one operation, batched; bound to the caller's scope by the database itself. */
export type CaseReads = {
  /** By person, oldest first. */
  ofPerson: DataLoader<string, CaseRecord[]>;
};

export const createCaseReads = (orm: MikroORM, scope: () => Promise<Scope>): CaseReads => ({
  ofPerson: new DataLoader(
    async (persons) => {
      const cases = await inScope(orm, await scope(), (tx) => casesOfPersons(tx, persons));
      const byPerson = Map.groupBy(cases, ({ person }) => person);
      return persons.map((person) => byPerson.get(person) ?? []);
    },
    { maxBatchSize: 200 },
  ),
});
