import { byLag, type Consumer, daysOf, isBehind, linesOf, percentOf, type Service } from './standing.ts';

const consumer = (changes: Partial<Consumer> = {}): Consumer => ({
  __typename: 'ConsumerStanding',
  ...{ service: 'archive', consumer: 'lives', source: 'enrollment' },
  ...{ behind: 0, waitingSeconds: 0, parked: 0, refused: false, ...changes },
});

test('who has caught up is not behind; who waits, is unheard of, has set aside or was refused is', () => {
  expect(isBehind(consumer())).toBe(false);
  for (const changes of [{ behind: 1 }, { behind: null }, { parked: 1 }, { refused: true }])
    expect(isBehind(consumer(changes))).toBe(true);
});

test('those that have waited longest come first, then those with most to do', () => {
  const [small, large, old] = [
    consumer({ behind: 2 }),
    consumer({ behind: 9 }),
    consumer({ behind: 1, waitingSeconds: 5 }),
  ];
  expect(byLag([small, large, old])).toEqual([old, large, small]);
});

test('a rebuild is as far as it has read of all logs, and never beyond the end', () => {
  const rebuild = (read: number, total: number | null) =>
    percentOf({
      __typename: 'RebuildStanding',
      ...{
        service: 'statistics',
        job: 'one',
        consumer: 'stock',
        compareOnly: false,
        seconds: 0,
        read,
        total,
      },
    });
  expect([rebuild(1, 3), rebuild(9, 3), rebuild(1, null), rebuild(0, 0)]).toEqual([
    33,
    100,
    undefined,
    undefined,
  ]);
});

test('lines know their service, and the days come from every service that tells of any', () => {
  const service = (name: string, days: readonly string[]) =>
    ({ name, reads: days.map((day) => ({ day, operations: 1, persons: 2 })) }) as unknown as Service;
  const services = [service('archive', ['2026-11-02']), service('identity', ['2026-11-03', '2026-11-02'])];
  expect(daysOf(services)).toEqual(['2026-11-03', '2026-11-02']);
  expect(linesOf(services, ({ reads }) => reads).map((line) => line.service)).toEqual([
    'archive',
    'identity',
    'identity',
  ]);
});
