import fc from 'fast-check';
import type { ExecutionResult } from 'graphql';
import type { Caller } from '../http/caller.ts';
import { readPosition } from './position.ts';
import { Subscriber, type Update } from './subscriber.ts';
import { type LiveTime, longestPause, shortestPause, View } from './view.ts';

const caller: Caller = { actor: null, forwarded: {} };

/** A view of a job whose state the test sets, with time that passes as soon as it is waited for. */
const situation = (hasEvents = true) => {
  const job = { state: 'READING', read: 0, isSeen: true };
  const log = { seq: 0 };
  const waits: number[] = [];
  const told = { runs: 0, coalesced: 0, isEmpty: false };
  const answering: { before(): Promise<void> } = { before: async () => undefined };
  const checks: { check(): Promise<unknown> } = { check: async () => undefined };
  const time: LiveTime = {
    wait: async (milliseconds, over) => {
      waits.push(milliseconds);
      if (milliseconds === longestPause && !over.aborted)
        await new Promise((resolve) => over.addEventListener('abort', resolve));
    },
  };
  const view = new View({
    run: async () => {
      const { state, read, isSeen } = job;
      await answering.before();
      told.runs++;
      return { data: { job: isSeen ? { read, live_state_: state } : null } };
    },
    check: () => checks.check(),
    failed: (error): ExecutionResult => ({ errors: [error as never] }),
    place: () => (hasEvents ? { epoch: 'e', seq: log.seq } : undefined),
    hasEvents,
    key: 'job',
    ends: ['DONE', 'FAILED'],
    time,
    onRun: () => undefined,
    onEmpty: () => {
      told.isEmpty = true;
    },
  });
  const subscriber = (): Subscriber => {
    const made: Subscriber = new Subscriber({
      ...{ caller, expiresAt: 0 },
      onCoalesced: () => {
        told.coalesced++;
      },
      onEnd: () => view.leave(made),
    });
    return made;
  };
  const happen = (): void => {
    job.read++;
    log.seq++;
    view.event();
  };
  return { view, job, log, waits, told, answering, checks, subscriber, happen };
};

const all = async (updates: AsyncIterable<Update>): Promise<Update[]> => {
  const seen: Update[] = [];
  for await (const update of updates) seen.push(update);
  return seen;
};

const next = async (subscriber: Subscriber): Promise<Update> => {
  const { value } = await subscriber.next();
  if (!value) throw new Error('it is over');
  return value;
};

test.each(['DONE', 'FAILED'])(
  'what is %s already is told once, and then nothing is watched',
  async (state) => {
    const { view, job, told, subscriber } = situation();
    job.state = state;
    const reader = subscriber();
    view.join(reader);
    expect((await all(reader)).map(({ result }) => result.data)).toEqual([{ job: { read: 0 } }]);
    expect(told).toMatchObject({ runs: 1, isEmpty: true });
  },
);

test('what is not to be seen ends the stream with its answer, which has no position', async () => {
  const { view, job, subscriber } = situation();
  job.isSeen = false;
  const reader = subscriber();
  view.join(reader);
  expect(await all(reader)).toMatchObject([{ result: { data: { job: null } }, position: undefined }]);
});

test('a hint leads to an update only where the answer has changed, and leaves time for its event', async () => {
  const { view, job, waits, told, subscriber } = situation();
  const reader = subscriber();
  view.join(reader);
  await next(reader);
  view.hint();
  while (told.runs < 2) await new Promise(setImmediate);
  job.read = 5;
  view.hint();
  expect(await next(reader)).toMatchObject({ events: 0, result: { data: { job: { read: 5 } } } });
  expect(waits.slice(0, 4)).toEqual(Array(4).fill(shortestPause));
});

test('where no events tell of changes the query is run again after a while, and nothing is sent that was sent', async () => {
  const { view, job, waits, told, subscriber } = situation(false);
  const reader = subscriber();
  view.join(reader);
  await next(reader);
  while (!waits.includes(longestPause)) await new Promise(setImmediate);
  view.hint();
  while (told.runs < 2) await new Promise(setImmediate);
  job.state = 'DONE';
  view.hint();
  expect(await all(reader)).toHaveLength(0);
});

test('a slow reader holds one update, the newest, which covers what the others did', async () => {
  const { view, told, subscriber, happen } = situation();
  const [slow, quick] = [subscriber(), subscriber()];
  view.join(slow);
  view.join(quick);
  await next(quick);
  for (let n = 0; n < 5; n++) {
    happen();
    await next(quick);
  }
  expect(await next(slow)).toMatchObject({ events: 5, result: { data: { job: { read: 5 } } } });
  expect(told.coalesced).toBe(5);
});

test('who may not go on is told why and gets nothing that was on its way', async () => {
  const { view, checks, subscriber, happen } = situation();
  const reader = subscriber();
  view.join(reader);
  await next(reader);
  happen();
  checks.check = () => Promise.reject('no more');
  while (!reader.isOver) {
    happen();
    await new Promise(setImmediate);
  }
  expect((await all(reader)).map(({ result }) => result)).toEqual([{ errors: ['no more'] }]);
});

test('when nobody watches any more the query is not run again', async () => {
  const { view, told, subscriber, happen } = situation();
  const reader = subscriber();
  view.join(reader);
  await next(reader);
  await reader.return();
  happen();
  await new Promise(setImmediate);
  expect(told).toMatchObject({ runs: 1, isEmpty: true });
});

test('an event that comes while the query runs is covered by the next answer, not by this one', async () => {
  const { view, log, answering, subscriber, happen } = situation();
  const reader = subscriber();
  answering.before = async () => {
    answering.before = async () => undefined;
    happen();
  };
  view.join(reader);
  const first = await next(reader);
  expect([first.events, readPosition(first.position ?? '')?.place?.seq]).toEqual([0, 0]);
  const second = await next(reader);
  expect([second.events, readPosition(second.position ?? '')?.place?.seq]).toEqual([1, log.seq]);
});

test('in any order of events, reads, returns and losses, each event is covered once and positions rise', async () => {
  const acts = fc.array(fc.constantFrom('event', 'event', 'read', 'turn', 'back', 'hint', 'lost'), {
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(acts, async (steps) => {
      const { view, log, subscriber, happen } = situation();
      const keeper = subscriber();
      view.join(keeper);
      let reader = subscriber();
      view.join(reader);
      const seen: Update[] = [await next(reader)];
      const seqOf = (update: Update | undefined) => readPosition(update?.position ?? '')?.place?.seq ?? -1;
      const read = async () => seen.push(await next(reader));
      let losses = 0;
      for (const step of steps) {
        if (step === 'event') happen();
        if (step === 'hint') view.hint();
        if (step === 'turn') await new Promise(setImmediate);
        if (step === 'lost') {
          losses++;
          view.lost();
        }
        if (step === 'read' && seqOf(seen.at(-1)) < log.seq) await read();
        if (step === 'back') {
          await reader.return();
          reader = subscriber();
          const position = readPosition(seen.at(-1)?.position ?? '');
          view.join(reader, position, log.seq - (position?.place?.seq ?? 0));
        }
      }
      while (seqOf(seen.at(-1)) < log.seq) await read();
      await Promise.all([reader.return(), keeper.return()]);
      const covered = seen.reduce((sum, { events }) => sum + events, 0);
      expect(covered).toBe(log.seq);
      const places = seen.map(seqOf);
      expect(places).toEqual(places.toSorted((one, other) => one - other));
      for (const [at, { events, gap }] of seen.entries())
        if (at > 0 && !gap && events > 0) expect(places[at]).toBe((places[at - 1] ?? 0) + events);
      expect(seen.filter(({ gap }) => gap).length).toBeLessThanOrEqual(losses);
    }),
    { numRuns: 200 },
  );
});
