import { access, constants, mkdir, open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { WriteOptions } from '@flystorage/file-storage';
import { LocalStorageAdapter } from '@flystorage/local-fs';
import { unavailable } from '../errors/errors.ts';
import { FileMissing, type FileStorage, isFileName, pathOf } from './storage.ts';

/** The local adapter, durable: what was written is on the disk when `write` returns. */
class DurableLocalAdapter extends LocalStorageAdapter {
  override async write(path: string, contents: Readable, options: WriteOptions): Promise<void> {
    await super.write(path, contents, options);
    const file = join(this.rootDir, path);
    await synced(file);
    await synced(dirname(file));
  }
}

const synced = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code;

/** The disk is full, broken or not this process's: nothing is wrong with the file. */
const isOfTheDisk = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE', 'ESTALE'].includes(
    String(codeOf(error) ?? codeOf((error as { cause?: unknown }).cause ?? {})),
  );

const told = (error: unknown): unknown => {
  if (codeOf(error) === 'ENOENT') return new FileMissing();
  return isOfTheDisk(error) ? unavailable('File storage') : error;
};

/** Files of this machine below one folder; files 0600, folders 0700. */
export const localStorage = (folder: string): FileStorage => {
  const adapter = new DurableLocalAdapter(folder, { rootDirectoryVisibility: 'private' });
  const opened = (name: string) =>
    open(join(folder, pathOf(name)), 'r').catch((error: unknown) => {
      throw told(error);
    });
  return {
    write: async (name, content) => {
      const path = pathOf(name);
      try {
        const options = { visibility: 'private', directoryVisibility: 'private' };
        await adapter.write(path, Readable.from(content, { objectMode: false }), options);
      } catch (error) {
        await adapter.deleteFile(path);
        throw isOfTheDisk(error) ? unavailable('File storage') : error;
      }
    },
    // The file is opened here and not by the adapter, whose own pipes keep it open when a reader stops early.
    read: async (name, range) => (await opened(name)).createReadStream({ ...range }),
    size: async (name) => {
      const file = await opened(name);
      try {
        return (await file.stat()).size;
      } finally {
        await file.close();
      }
    },
    remove: async (name) => {
      await adapter.deleteFile(pathOf(name)).catch((error: unknown) => {
        throw told(error);
      });
    },
    list: (after) => namesBelow(folder, after),
    probe: async () => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    },
  };
};

const entriesOf = async (folder: string): Promise<string[]> => {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return [];
    throw told(error);
  });
  return entries.sort();
};

async function* namesBelow(folder: string, after = ''): AsyncGenerator<string> {
  for (const outer of await entriesOf(folder)) {
    if (outer < after.slice(0, 2)) continue;
    for (const inner of await entriesOf(join(folder, outer))) {
      if (`${outer}${inner}` < after.slice(0, 4)) continue;
      for (const name of await entriesOf(join(folder, outer, inner)))
        if (isFileName(name) && name > after) yield name;
    }
  }
}
