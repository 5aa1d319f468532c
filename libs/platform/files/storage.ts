import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { MiscellaneousOptions, StorageAdapter, WriteOptions } from '@flystorage/file-storage';
import { LocalStorageAdapter } from '@flystorage/local-fs';

/** First and last byte of a part of a stored file, both included. */
export type ByteRange = { start: number; end: number };

/** Where bytes lie. Names are random UUIDs: they tell nothing, and a new file never takes an old one's place. */
export type FileStorage = {
  /** Stores everything that `content` yields; when it fails, nothing stays behind. */
  write(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Throws where there is no such file. Destroying the stream closes the file. */
  read(name: string, range?: ByteRange): Promise<Readable>;
  /** Size in bytes; throws where there is no such file. */
  size(name: string): Promise<number>;
  /** Removes a file; one that is not there is removed already. */
  remove(name: string): Promise<void>;
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Two levels of folders, so that none of them grows large. */
const pathOf = (name: string): string => {
  if (!uuid.test(name)) throw new TypeError('A stored file is named by a UUID in lower case');
  return `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`;
};

/** Files of any store that flystorage speaks to; its adapter must honour `start` and `end` when reading. */
export const createFileStorage = (adapter: StorageAdapter): FileStorage => ({
  write: async (name, content) => {
    const path = pathOf(name);
    try {
      const options = { visibility: 'private', directoryVisibility: 'private' };
      await adapter.write(path, Readable.from(content, { objectMode: false }), options);
    } catch (error) {
      await adapter.deleteFile(path, {});
      throw error;
    }
  },
  read: async (name, range) => {
    const content = await adapter.read(pathOf(name), { ...range });
    return content instanceof Readable ? content : Readable.from(content);
  },
  size: async (name) => {
    const found = await adapter.stat(pathOf(name), {});
    if (!found.isFile || found.size === undefined) throw new Error('A stored file has no size');
    return found.size;
  },
  remove: (name) => adapter.deleteFile(pathOf(name), {}),
});

/**
 * The local adapter, durable and without leaks: what was written is on the disk when `write` returns, and a reader
 * that stops early closes its file (the adapter's own pipes keep it open).
 */
class DurableLocalAdapter extends LocalStorageAdapter {
  override async write(path: string, contents: Readable, options: WriteOptions): Promise<void> {
    await super.write(path, contents, options);
    const file = join(this.rootDir, path);
    await synced(file);
    await synced(dirname(file));
  }

  override async read(path: string, { start, end }: MiscellaneousOptions): Promise<Readable> {
    const file = await open(join(this.rootDir, path), 'r');
    return file.createReadStream({ start, end });
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

/** Files of this machine below one folder; files 0600, folders 0700. */
export const localStorage = (folder: string): FileStorage =>
  createFileStorage(new DurableLocalAdapter(folder, { rootDirectoryVisibility: 'private' }));
