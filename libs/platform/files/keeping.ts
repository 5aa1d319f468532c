import { query } from '../database/query.ts';
import { asWorkerOnce } from '../database/scope.ts';
import { checkFiles } from './check-files.ts';
import { countUnchecked, faultyFiles, filesByKey } from './file-rows.ts';
import type { Files } from './files.ts';
import { resealNextFile } from './reseal-files.ts';

/** How long one question of an operator is worked on, milliseconds. */
const portion = 5_000;

/** Checks files for a while, and tells what is left and what is wrong. */
export const checkForAWhile = async (files: Files, before: string) => {
  const { worker } = files.core;
  const end = performance.now() + portion;
  let checked = 0;
  for (let found = 1; found > 0 && performance.now() < end; checked += found)
    found = (await checkFiles(files, before)).files;
  const [left, faulty] = await Promise.all([
    asWorkerOnce(worker, (tx) => countUnchecked(tx, before)),
    asWorkerOnce(worker, faultyFiles),
  ]);
  return {
    checked,
    left,
    faulty: faulty.map(({ file, object, fault, checkedAt }) => ({
      ...{ file, object, fault },
      checkedAt: new Date(checkedAt).toISOString(),
    })),
  };
};

/** Seals files anew for a while; `done` when none is left that can be. */
export const resealForAWhile = async (files: Files): Promise<{ files: number; done: boolean }> => {
  const end = performance.now() + portion;
  let resealed = 0;
  while (performance.now() < end) {
    if (!(await resealNextFile(files))) return { files: resealed, done: true };
    resealed += 1;
  }
  return { files: resealed, done: false };
};

/** Files and replaced bytes by the key that seals them; `?` for those that were stored before that was kept. */
export const keysOfFiles = async ({ core }: Files) => {
  const [rows, [loose]] = await Promise.all([
    asWorkerOnce(core.worker, filesByKey),
    asWorkerOnce(core.worker, (tx) =>
      query<{ count: number }>(tx, 'select count(*)::int as count from loose_object'),
    ),
  ]);
  return {
    files: rows.map(({ key, files, replaced }) => ({ key: key ?? '?', files, replaced })),
    loose: loose?.count ?? 0,
  };
};
