import type { Readable } from 'node:stream';

/** First and last byte of a part of a stored file, both included. */
export type ByteRange = { start: number; end: number };

/**
 * Where bytes lie. Names are random UUIDs: they tell nothing, and a new file never takes an old one's place. A storage that
 * does not answer fails with SERVICE_UNAVAILABLE, after it was asked a few times where that can do no harm.
 */
export type FileStorage = {
  /** Stores everything that `content` yields; when it fails, with the failure of `content` or its own, nothing stays behind. */
  write(name: string, content: AsyncIterable<Uint8Array>): Promise<void>;
  /** Throws FileMissing. Destroying the stream closes the file. */
  read(name: string, range?: ByteRange): Promise<Readable>;
  /** Size in bytes; throws FileMissing. */
  size(name: string): Promise<number>;
  /** Removes a file; one that is not there is removed already. */
  remove(name: string): Promise<void>;
  /** Names of everything that lies here, in their order, after a name or from the first. */
  list(after?: string): AsyncIterable<string>;
  /** Rejects where nothing could be stored now. */
  probe(): Promise<void>;
};

/** The storage answers, and has no such file. */
export class FileMissing extends Error {
  constructor() {
    super('A stored file is not there');
    this.name = 'FileMissing';
  }
}

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether something in a storage is named as its files are. */
export const isFileName = (name: string): boolean => uuid.test(name);

/** Two levels of folders, so that none of them grows large; in the order of the names. */
export const pathOf = (name: string): string => {
  if (!isFileName(name)) throw new TypeError('A stored file is named by a UUID in lower case');
  return `${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`;
};
