import { setImmediate } from 'node:timers/promises';
import type { Inbox } from './inbox.ts';
import { Progress, progressSignal, tellProgress } from './progress.ts';

type Followed = Pick<Inbox, 'position' | 'head'>;

const inbox = (seq: number, epoch?: string): Followed => ({
  position: () => seq,
  head: () => (epoch === undefined ? undefined : { seq: 100, epoch }),
});

/** What a teller says on the bus, each as it would be read; an hour apart unless something moves. */
const telling = () => {
  const told: Progress[] = [];
  const signal = (subject: string, payload: unknown): void => {
    expect(subject).toBe(progressSignal('statistics'));
    told.push(Progress.parse(payload));
  };
  return { told, teller: tellProgress('statistics', { signal }, 3_600_000) };
};

test('a process tells of each source how far the hindmost of its consumers has come', async () => {
  const { told, teller } = telling();
  teller.begin([
    { source: 'enrollment', inbox: inbox(7, 'a') },
    { source: 'identity', inbox: inbox(3, 'b') },
    { source: 'enrollment', inbox: inbox(5, 'a') },
  ]);
  await teller.stop();
  expect(told.map(({ places }) => places)).toEqual([
    [
      { source: 'enrollment', epoch: 'a', seq: 5 },
      { source: 'identity', epoch: 'b', seq: 3 },
    ],
  ]);
});

test('it tells nothing of a source of which one of its consumers has heard nothing, or of another log', async () => {
  const { told, teller } = telling();
  teller.begin([
    { source: 'enrollment', inbox: inbox(7, 'a') },
    { source: 'enrollment', inbox: inbox(0) },
    { source: 'transfer', inbox: inbox(7, 'old') },
    { source: 'transfer', inbox: inbox(7, 'new') },
    { source: 'archive', inbox: inbox(0) },
  ]);
  await teller.stop();
  expect(told[0]?.places).toEqual([]);
});

test('it tells again when something has moved, once for all that moved together, under the same name', async () => {
  const { told, teller } = telling();
  let seq = 1;
  teller.begin([
    { source: 'enrollment', inbox: { position: () => seq, head: () => ({ seq: 9, epoch: 'a' }) } },
  ]);
  seq = 4;
  teller.moved();
  teller.moved();
  await setImmediate();
  await teller.stop();
  expect(told.map(({ places }) => places[0]?.seq)).toEqual([1, 4]);
  expect(new Set(told.map(({ process }) => process)).size).toBe(1);
});

test('it tells nothing before it begins, and nothing once it was stopped', async () => {
  const { told, teller } = telling();
  teller.moved();
  await setImmediate();
  expect(told).toEqual([]);
  teller.begin([]);
  teller.moved();
  await teller.stop();
  await setImmediate();
  expect(told).toHaveLength(1);
});
