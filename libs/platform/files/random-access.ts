import { Readable } from 'node:stream';
import type { Sealing } from '../crypto/sealing.ts';
import {
  type ChunkCipher,
  chunkLength,
  FileDamaged,
  headerLength,
  openHeader,
  sealedChunkLength,
} from './chunk-cipher.ts';
import { inChunks } from './encryption.ts';
import type { FileStorage } from './storage.ts';

/** A file whose plain bytes can be read from any place, without a plain copy of it anywhere. */
export type RandomAccess = {
  /** Plain bytes. */
  size: number;
  /** Bytes from `start` up to but not including `end`; the stream fails with FileDamaged. */
  stream(start: number, end: number): Readable;
};

/**
 * Opens a stored file for jumping about in it, as the reader of a zip archive does. The last chunk is opened at once:
 * so the size is known for certain and a file that was cut is found before anything is read. Throws FileDamaged.
 */
export const openAnywhere = async (
  storage: FileStorage,
  sealing: Sealing,
  name: string,
): Promise<RandomAccess> => {
  const sealedSize = (await storage.size(name)) - headerLength;
  const chunks = Math.ceil(sealedSize / sealedChunkLength);
  if (chunks < 1) throw new FileDamaged();
  const header = await bytesOf(await storage.read(name, { start: 0, end: headerLength - 1 }));
  const file = { storage, name, chunks, cipher: openHeader(sealing, name, header) };
  const last = await bytesOf(Readable.from(plainChunks(file, chunks - 1, chunks - 1)));
  const size = (chunks - 1) * chunkLength + last.length;
  return {
    size,
    stream: (start, end) => {
      if (start < 0 || start > end || end > size) throw new RangeError('Outside of the file');
      return Readable.from(plainBytes(file, start, end), { objectMode: false });
    },
  };
};

type OpenFile = { storage: FileStorage; name: string; chunks: number; cipher: ChunkCipher };

async function* plainBytes(file: OpenFile, start: number, end: number): AsyncGenerator<Buffer> {
  if (start === end) return;
  const first = Math.floor(start / chunkLength);
  let at = first * chunkLength;
  for await (const chunk of plainChunks(file, first, Math.floor((end - 1) / chunkLength))) {
    yield chunk.subarray(Math.max(0, start - at), end - at);
    at += chunk.length;
  }
}

/** Chunks `first` to `last`, both included. */
async function* plainChunks(
  { storage, name, chunks, cipher }: OpenFile,
  first: number,
  last: number,
): AsyncGenerator<Buffer> {
  const sealed = await storage.read(name, {
    start: headerLength + first * sealedChunkLength,
    end: headerLength + (last + 1) * sealedChunkLength - 1,
  });
  let position = first;
  for await (const { bytes } of inChunks(sealed, sealedChunkLength)) {
    yield cipher.open(bytes, position, position === chunks - 1);
    position += 1;
  }
  if (position !== last + 1) throw new FileDamaged();
}

const bytesOf = async (stream: Readable): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
};
