import type { Readable } from 'node:stream';
import { RandomAccessReader } from 'yauzl';
import { type ByteSource, bytesBetween } from './byte-source.ts';

/** The directory of an archive is read in many small steps, each of them next to the last one. */
const WINDOW_BYTES = 64 * 1024;

/**
 * Lets yauzl read an archive through a source. `fault` keeps what went wrong with the source itself, as apart from
 * what is wrong with the archive.
 */
export class ZipReader extends RandomAccessReader {
  readonly #source: ByteSource;
  #window: { start: number; bytes: Buffer } = { start: 0, bytes: Buffer.alloc(0) };
  fault: Error | null = null;

  constructor(source: ByteSource) {
    super();
    this.#source = source;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return this.#source.stream(start, end).once('error', (error) => this.#note(error));
  }

  /** Unlike the inherited one, it tells how much was read: so yauzl notices where the file ends too early. */
  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    this.#bytes(position, length).then(
      (bytes) => callback(null, bytes.copy(buffer, offset)),
      (error: Error) => callback(this.#note(error)),
    );
  }

  async #bytes(position: number, length: number): Promise<Buffer> {
    const { start, bytes } = this.#window;
    const end = position + length;
    if (position >= start && end <= start + bytes.length)
      return bytes.subarray(position - start, end - start);
    const read = await bytesBetween(this.#source, position, position + Math.max(length, WINDOW_BYTES));
    this.#window = { start: position, bytes: read };
    return read.subarray(0, length);
  }

  #note(error: Error): Error {
    this.fault ??= error;
    return error;
  }
}
