import type { MikroORM } from '@mikro-orm/postgresql';
import { single } from '../database/scope.ts';

/** Answers to questions about the reference tables, remembered for as long as these say the same. */
export type Memory = {
  /** Remembers what is loaded for each key; all who ask for it at the same time wait for one load. */
  of<Value, Key = void>(load: (key: Key) => Promise<Value>): (key: Key) => Promise<Value>;
  /** As `of`, for loads that fetch many keys at once; keys without a value are remembered as well. */
  ofMany<Key, Value>(
    load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>,
  ): (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>;
  /** Asks anew from now on: the reference tables have changed. */
  forget(): void;
};

const mostRemembered = 50_000;

/** How far the reference tables of a service have followed organization. */
export const directoryPlace = async (worker: MikroORM): Promise<string> => {
  const [place] = await single<{ seq: string; epoch: string | null }>(
    worker,
    `select seq, epoch from inbox_checkpoint where consumer = 'directory' and source = 'organization'`,
  );
  return `${place?.epoch} ${place?.seq}`;
};

/**
 * A memory of the reference tables of a service. Their projection tells at once when they have changed; what it could
 * not tell (another process took the events) is seen by the place that they have reached, at which it looks again after
 * `lookEvery` milliseconds.
 */
export const createMemory = (placeNow: () => Promise<string>, lookEvery = 1_000): Memory => {
  const remembered: Map<unknown, Promise<unknown>>[] = [];
  let seen: string | undefined;
  let seenAt = Number.NEGATIVE_INFINITY;
  let looking: Promise<void> | undefined;

  const forget = (): void => {
    for (const each of remembered) each.clear();
  };

  const look = async (): Promise<void> => {
    const at = performance.now();
    const place = await placeNow();
    if (place !== seen) forget();
    seen = place;
    seenAt = at;
  };

  const isCurrent = async (): Promise<void> => {
    if (performance.now() - seenAt < lookEvery) return;
    looking ??= look().finally(() => {
      looking = undefined;
    });
    await looking;
  };

  const known = <Key, Value>(): Map<Key, Promise<Value>> => {
    const map = new Map<Key, Promise<Value>>();
    remembered.push(map as Map<unknown, Promise<unknown>>);
    return map;
  };

  /** What fails is not remembered. */
  const keep = <Key, Value>(map: Map<Key, Promise<Value>>, key: Key, value: Promise<Value>): void => {
    if (map.size >= mostRemembered) map.clear();
    map.set(key, value);
    value.catch(() => {
      if (map.get(key) === value) map.delete(key);
    });
  };

  return {
    forget,
    of: <Value, Key = void>(load: (key: Key) => Promise<Value>) => {
      const map = known<Key, Value>();
      return async (key: Key) => {
        await isCurrent();
        const value = map.get(key) ?? load(key);
        if (!map.has(key)) keep(map, key, value);
        return value;
      };
    },
    ofMany: <Key, Value>(load: (keys: readonly Key[]) => Promise<ReadonlyMap<Key, Value>>) => {
      const map = known<Key, Value | undefined>();
      return async (keys: readonly Key[]) => {
        await isCurrent();
        const values = new Map<Key, Promise<Value | undefined>>();
        const missing = [...new Set(keys)].filter((key) => !map.has(key));
        for (const key of keys) values.set(key, map.get(key) ?? Promise.resolve(undefined));
        if (missing.length > 0) {
          const loading = load(missing);
          for (const key of missing) {
            const value = loading.then((found) => found.get(key));
            values.set(key, value);
            keep(map, key, value);
          }
        }
        const found = new Map<Key, Value>();
        for (const [key, value] of values) {
          const fact = await value;
          if (fact !== undefined) found.set(key, fact);
        }
        return found;
      };
    },
  };
};
