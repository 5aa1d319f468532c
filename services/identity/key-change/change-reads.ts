import DataLoader from 'dataloader';
import type { Sealing } from '#libs/platform/crypto/sealing.ts';
import type { Reads } from '#libs/platform/database/reads.ts';
import { type ChangeRecord, changesById } from './change-rows.ts';
import { type Former, historyOf } from './history.ts';
import { type KeptPaper, papersOfChanges } from './papers.ts';

/** Reads of one operation about changes, batched; each is bound to the caller's scope by the database itself. */
export type ChangeReads = {
  /** By change; null where the scope does not cover it. */
  byId: DataLoader<string, ChangeRecord | null>;
  /** By change. */
  papers: DataLoader<string, KeptPaper[]>;
  /** By person: what it was before each change, oldest first. */
  history: DataLoader<string, Former[]>;
};

export const createChangeReads = (read: Reads, sealing: Sealing): ChangeReads => {
  const options = { maxBatchSize: 200 };
  return {
    byId: new DataLoader(async (ids) => {
      const changes = await read((tx) => changesById(tx, ids));
      const byId = new Map(changes.map((found) => [found.id, found]));
      return ids.map((id) => byId.get(id) ?? null);
    }, options),
    papers: new DataLoader(async (changes) => {
      const papers = await read((tx) => papersOfChanges(tx, changes));
      const byChange = Map.groupBy(papers, ({ change }) => change);
      return changes.map((change) => byChange.get(change) ?? []);
    }, options),
    history: new DataLoader(async (persons) => {
      const past = await read((tx) => historyOf(tx, sealing, persons));
      const byPerson = Map.groupBy(past, ({ person }) => person);
      return persons.map((person) => byPerson.get(person) ?? []);
    }, options),
  };
};
