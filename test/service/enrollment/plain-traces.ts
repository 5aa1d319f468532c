import { constants } from 'node:fs';
import { open, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Something that is gone by the time it is looked at, or belongs to somebody else, holds nothing of ours. */
const unlessGone = <T>(reading: Promise<T>, instead: T): Promise<T> =>
  reading.catch((error: NodeJS.ErrnoException) => {
    if (['ENOENT', 'ESRCH', 'ENXIO', 'EACCES', 'EPERM'].includes(error.code ?? '')) return instead;
    throw error;
  });

const nothing = Buffer.alloc(0);

/** Every file below a folder. */
const filesBelow = async (folder: string): Promise<string[]> => {
  const found = await unlessGone(readdir(folder, { recursive: true, withFileTypes: true }), []);
  return found.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
};

/**
 * Files that a process holds open below a folder, those without a name too, by paths that open them. None where the
 * system does not show them.
 */
export const openFilesBelow = async (folder: string, pid: number): Promise<string[]> => {
  const all = `/proc/${pid}/fd`;
  const links = await unlessGone(readdir(all), []);
  const found: string[] = [];
  for (const each of links) {
    const link = join(all, each);
    if ((await unlessGone(readlink(link), '')).startsWith(`${folder}/`)) found.push(link);
  }
  return found;
};

/** ID numbers as they stand in a text, in UTF-8, GB18030 or UTF-16, side by side or overlapping. */
const idNumbers = /(?=(\d{17}[\dX]))/g;

/** A process may open something else under the same number meanwhile: a folder or a pipe is not waited for. */
const bytesOf = async (file: string): Promise<Buffer> => {
  const handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    return (await handle.stat()).isFile() ? await handle.readFile() : nothing;
  } finally {
    await handle.close();
  }
};

/** Those of the files in which one of these ID numbers can be read in plain. */
const plainAmong = async (files: readonly string[], numbers: ReadonlySet<string>): Promise<string[]> => {
  const found: string[] = [];
  for (const file of files) {
    const text = (await unlessGone(bytesOf(file), nothing)).toString('latin1').replaceAll('\0', '');
    const isPlain = [...text.matchAll(idNumbers)].some(([, number = '']) => numbers.has(number));
    if (isPlain) found.push(file);
  }
  return found;
};

/**
 * The files below these folders in which one of these ID numbers can be read in plain, those included that a process
 * holds open there without a name.
 */
export const plainTraces = async (
  numbers: ReadonlySet<string>,
  folders: readonly string[],
  pid: number,
): Promise<string[]> => {
  const files = await Promise.all(
    folders.flatMap((folder) => [filesBelow(folder), openFilesBelow(folder, pid)]),
  );
  return plainAmong(files.flat(), numbers);
};
