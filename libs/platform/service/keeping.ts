import type { MikroORM } from '@mikro-orm/postgresql';
import { type KeyUse, keepingOf } from '#libs/contracts/commands/keeping.ts';
import type { Bus, Stop } from '../bus/bus.ts';
import type { Clock } from '../clock/clock.ts';
import { answerTo } from '../commands/internal.ts';
import { resealValues, type SealedColumn, valuesByKey } from '../crypto/sealed-columns.ts';
import type { Sealing } from '../crypto/sealing.ts';
import { forgetMark } from '../database/keys.ts';
import { AppError } from '../errors/errors.ts';
import type { Files } from '../files/files.ts';
import { checkForAWhile, keysOfFiles, resealForAWhile } from '../files/keeping.ts';
import type { Log } from '../log/log.ts';

export type KeepingOptions = {
  service: string;
  worker: MikroORM;
  ownerUrl: string;
  schema: string;
  bus: Bus;
  log: Log;
  clock: Clock;
  sealing: Sealing;
  sealed: readonly SealedColumn[];
  files?: Files;
};

type Use = Omit<KeyUse, 'key'>;

/** What is sealed by which key: values, files, bytes that were replaced and still lie there. */
const useOfKeys = async ({ worker, sealed, files }: KeepingOptions): Promise<Map<string, Use>> => {
  const uses = new Map<string, Use>();
  const add = (key: string, more: Partial<Use>): void => {
    const known = uses.get(key) ?? { values: 0, files: 0, replaced: 0 };
    uses.set(key, {
      values: known.values + (more.values ?? 0),
      files: known.files + (more.files ?? 0),
      replaced: known.replaced + (more.replaced ?? 0),
    });
  };
  for (const [key, values] of await valuesByKey(worker, sealed)) add(key, { values });
  if (files === undefined) return uses;
  const kept = await keysOfFiles(files);
  // A replaced object is under a former key, which one is not kept: it counts against every key but the current one.
  const replaced = kept.loose + kept.files.reduce((sum, each) => sum + each.replaced, 0);
  for (const each of kept.files) add(each.key, { files: each.files });
  if (replaced > 0) add('?', { replaced });
  return uses;
};

/** Throws BAD_USER_INPUT while anything may still be under the key. */
const assertUnused = async (options: KeepingOptions, key: string): Promise<void> => {
  if (key === options.sealing.keyId) throw new AppError('BAD_USER_INPUT', `${key} is the current key`);
  const uses = await useOfKeys(options);
  for (const each of [key, '?']) {
    const use = uses.get(each);
    if (use === undefined) continue;
    const left = `${use.values} values, ${use.files} files, ${use.replaced} replaced files`;
    throw new AppError('BAD_USER_INPUT', `${left} may still be under ${key}: reseal first, and wait an hour`);
  }
};

/** Answers operators about what the service keeps: checks of files, sealing anew, the use of keys, the end of one. */
export const serveKeeping = async (options: KeepingOptions): Promise<Stop> => {
  const { service, bus, log, sealing, sealed, files } = options;
  const asked = keepingOf(service);
  const stops = await Promise.all([
    answerTo(bus, asked.checkFiles, async ({ before: asSaid }) => {
      const before = asSaid ?? options.clock.now();
      if (files === undefined) return { keepsFiles: false, before, checked: 0, left: 0, faulty: [] };
      return { keepsFiles: true, before, ...(await checkForAWhile(files, before)) };
    }),
    answerTo(bus, asked.reseal, async ({ cursor }) => {
      const column = sealed[cursor.column];
      if (column !== undefined) {
        const { values, unreadable, after } = await resealValues(options, column, cursor.after);
        const next = after === null ? cursor.column + 1 : cursor.column;
        return { values, unreadable, files: 0, cursor: { column: next, after } };
      }
      if (files === undefined) return { values: 0, unreadable: 0, files: 0, cursor: null };
      const { files: count, done } = await resealForAWhile(files);
      return { values: 0, unreadable: 0, files: count, cursor: done ? null : cursor };
    }),
    answerTo(bus, asked.keys, async () => ({
      current: sealing.keyId,
      keys: [...(await useOfKeys(options))].map(([key, use]) => ({ key, ...use })),
    })),
    answerTo(bus, asked.retireKey, async ({ key }) => {
      await assertUnused(options, key);
      await forgetMark(options.ownerUrl, options.schema, key);
      log.warn({ key }, 'a key of the ring was retired');
      return { key };
    }),
  ]);
  return async () => void (await Promise.all(stops.map((stop) => stop())));
};
