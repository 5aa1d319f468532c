import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';

/**
 * A file that can be read from any place, wherever and however it is kept. An upload lies encrypted in the storage
 * and is opened piece by piece as it is read, so that no plain copy of it ever touches a disk.
 */
export type ByteSource = {
  /** Bytes. */
  readonly size: number;
  /** Bytes from `start` up to but not including `end`, both within the file. */
  stream(start: number, end: number): Readable;
};

const PIECE_BYTES = 64 * 1024;

/** A file of this machine, read in place. Throws where there is none. */
export async function fileSource(path: string): Promise<ByteSource> {
  const { size } = await stat(path);
  return {
    size,
    stream: (start, end) =>
      start === end ? Readable.from([]) : createReadStream(path, { start, end: end - 1 }),
  };
}

/** Bytes in memory. */
export const bytesSource = (bytes: Buffer): ByteSource => ({
  size: bytes.length,
  stream: (start, end) => Readable.from(piecesOf(bytes.subarray(start, end)), { objectMode: false }),
});

function* piecesOf(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES);
}

/** The bytes from `start` up to but not including `end`; fewer where the file ends before. */
export async function bytesBetween(source: ByteSource, start: number, end: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  const last = Math.min(end, source.size);
  if (start >= last) return Buffer.alloc(0);
  for await (const piece of source.stream(start, last)) pieces.push(piece);
  return Buffer.concat(pieces);
}
