import DataLoader from 'dataloader';
import { inScope } from '#libs/platform/database/scope.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import type { Line } from './line.ts';
import { linesOf, type Part, type Stood, stoodBefore } from './line-rows.ts';

/** Reads of lives of one operation, batched. Whose life may be read is known by then: whoever sees the archive (PRV-12). */
export type LifeReads = {
  lines: DataLoader<{ person: string; part: Part }, Line[], string>;
  stood: DataLoader<{ person: string; before: string }, Stood, string>;
};

/** Keys that ask for the same of different persons are answered by one statement. */
const grouped = <Key extends { person: string }, Row extends { person: string }, Answer>(
  sameOf: (key: Key) => string,
  rowsOf: (persons: readonly string[], one: Key) => Promise<Row[]>,
  answerOf: (rows: Row[], person: string) => Answer,
): DataLoader<Key, Answer, string> =>
  new DataLoader(
    async (keys) => {
      const answers = new Map<Key, Answer>();
      for (const group of Map.groupBy(keys, sameOf).values()) {
        const [one] = group;
        if (one === undefined) continue;
        const found = Map.groupBy(
          await rowsOf(
            group.map(({ person }) => person),
            one,
          ),
          ({ person }) => person,
        );
        for (const key of group) answers.set(key, answerOf(found.get(key.person) ?? [], key.person));
      }
      return keys.map((key) => answers.get(key) ?? new Error('A life was not read'));
    },
    { maxBatchSize: 200, cacheKeyFn: (key) => JSON.stringify(key) },
  );

export const createLifeReads = ({ app }: Pick<ServiceCore, 'app'>): LifeReads => {
  const listed = <Row>(persons: readonly string[], work: Parameters<typeof inScope<Row>>[2]): Promise<Row> =>
    inScope(app, { lo: 1, hi: 0, persons }, work);
  return {
    lines: grouped(
      ({ part }) => JSON.stringify(part),
      (persons, { part }) => listed(persons, (tx) => linesOf(tx, persons, part)),
      (rows) => rows,
    ),
    stood: grouped(
      ({ before }) => before,
      (persons, { before }) => listed(persons, (tx) => stoodBefore(tx, persons, before)),
      ([row], person) => row ?? { person, position: null, status: null, custodian: null },
    ),
  };
};
