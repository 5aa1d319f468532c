import fc from 'fast-check';
import { Store, type Ticket } from './store.ts';

const tags = ['units', 'stock', 'stock.41'];
const noMeasures = { dropped: () => undefined, flushed: () => undefined, refused: () => undefined };

const storeAt = (clock: { now: number }, maxBytes = 1_000_000) =>
  new Store({ maxBytes, measures: noMeasures, now: () => clock.now });

/** The state of the world that answers are made from: a version for each tag, moved on by every change. */
type World = { clock: { now: number }; versions: Map<string, number>; held: Set<string> };

type Fetch = { key: string; tags: readonly string[]; saw: string; ticket: Ticket };

const seen = ({ versions }: World, of: readonly string[]): string =>
  of.map((tag) => `${tag}=${versions.get(tag) ?? 0}`).join(' ');

const change = ({ versions }: World, tag: string): void => {
  versions.set(tag, (versions.get(tag) ?? 0) + 1);
};

const lifetime = 1_000;
const tag = fc.constantFrom(...tags);
const keyed = fc.constantFrom(['units'], ['stock', 'stock.41']);

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('begin' as const), tags: keyed }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('finish' as const), which: fc.nat(1) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('read' as const), tags: keyed }) },
  fc.record({ do: fc.constant('drop' as const), tag }),
  fc.record({ do: fc.constant('hold' as const), tag }),
  fc.record({ do: fc.constant('release' as const), tag }),
  fc.record({ do: fc.constant('flush' as const) }),
  fc.record({ do: fc.constant('wait' as const), milliseconds: fc.nat(lifetime / 2) }),
);

test('whatever comes in whichever order, nothing is read that is older than a change that was told before', () => {
  let kept = 0;
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 80, size: 'max' }),
      fc.constantFrom(1_200, 1_000_000),
      (steps, maxBytes) => {
        const world: World = { clock: { now: 1 }, versions: new Map(), held: new Set() };
        const store = storeAt(world.clock, maxBytes);
        const underWay: Fetch[] = [];
        const writtenAt = new Map<string, number>();
        for (const one of steps) {
          switch (one.do) {
            case 'begin':
              underWay.push({
                ...{ key: one.tags.join(), tags: one.tags, ticket: store.begin() },
                saw: seen(world, one.tags),
              });
              break;
            case 'finish': {
              const [fetch] = underWay.splice(one.which, 1);
              if (!fetch) break;
              const text = `${fetch.saw}`;
              const written = store.write(fetch.key, text, fetch.tags, fetch.ticket, lifetime);
              if (written) writtenAt.set(fetch.key, fetch.ticket.at);
              if (written) expect(fetch.tags.some((held) => world.held.has(held))).toBe(false);
              break;
            }
            case 'drop':
              change(world, one.tag);
              store.drop(one.tag);
              break;
            case 'hold':
              change(world, one.tag);
              world.held.add(one.tag);
              store.hold(one.tag);
              break;
            case 'release':
              if (world.held.delete(one.tag)) change(world, one.tag);
              store.release(one.tag);
              break;
            case 'flush':
              for (const each of tags) change(world, each);
              store.flush();
              break;
            case 'wait':
              world.clock.now += one.milliseconds;
              break;
            case 'read': {
              const found = store.read(one.tags.join());
              if (!found) break;
              kept++;
              expect(found.text).toBe(seen(world, one.tags));
              expect(world.clock.now - (writtenAt.get(one.tags.join()) ?? 0)).toBeLessThanOrEqual(lifetime);
              break;
            }
          }
          expect(store.size.bytes).toBeLessThanOrEqual(maxBytes);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(kept).toBeGreaterThan(200);
});

describe('an answer', () => {
  test('is found until its time is over, which runs from the beginning of its fetch', () => {
    const clock = { now: 5_000 };
    const store = storeAt(clock);
    const ticket = store.begin();
    clock.now += 400;
    expect(store.write('key', 'text', ['units'], ticket, 1_000)).toBe(true);
    expect(store.read('key')).toMatchObject({ text: 'text', fetchedAt: 5_000 });
    clock.now += 599;
    expect(store.read('key')?.text).toBe('text');
    clock.now += 2;
    expect(store.read('key')).toBeUndefined();
  });

  test('whose fetch took longer than it may be kept is not kept', () => {
    const clock = { now: 1 };
    const store = storeAt(clock);
    const ticket = store.begin();
    clock.now += 1_000;
    expect(store.write('key', 'text', ['units'], ticket, 1_000)).toBe(false);
  });

  test('larger than all of the room is not kept, and drives nothing out', () => {
    const store = storeAt({ now: 1 }, 2_000);
    store.write('small', 'text', ['units'], store.begin(), 1_000);
    expect(store.write('large', 'x'.repeat(1_000), ['units'], store.begin(), 1_000)).toBe(false);
    expect(store.read('small')?.text).toBe('text');
  });

  test('that was asked for last stays when room is needed', () => {
    const store = storeAt({ now: 1 }, 1_200);
    store.write('first', 'a', ['units'], store.begin(), 1_000);
    store.write('second', 'b', ['units'], store.begin(), 1_000);
    store.read('first');
    store.write('third', 'c', ['units'], store.begin(), 1_000);
    expect([store.read('first')?.text, store.read('second')?.text]).toEqual(['a', undefined]);
  });
});

test('what was dropped, flushed and refused is told', () => {
  const told: string[] = [];
  const store = new Store({
    maxBytes: 10_000,
    measures: {
      dropped: (entries) => told.push(`dropped ${entries}`),
      flushed: () => told.push('flushed'),
      refused: () => told.push('refused'),
    },
  });
  const early = store.begin();
  store.write('one', 'a', ['units'], early, 1_000);
  store.write('two', 'b', ['units', 'stock'], early, 1_000);
  store.drop('nothing');
  store.drop('units');
  store.write('one', 'a', ['units'], early, 1_000);
  store.flush();
  expect(told).toEqual(['dropped 2', 'refused', 'flushed']);
  expect(store.size).toEqual({ entries: 0, bytes: 0 });
});
