import { crc32 } from 'node:zlib';
import { type Entry, fromRandomAccessReaderPromise, type ZipFile } from 'yauzl';
import { FileProblem } from '../problems/file-problem.ts';
import type { ByteSource } from './byte-source.ts';
import type { ReadingLimits } from './limits.ts';
import { refusals } from './refusals.ts';
import { ZipReader } from './zip-reader.ts';

/**
 * The parts of an OOXML package. Every entry is weighed before anything is unpacked; what is unpacked is held to
 * its stated size and checksum. Faults of the source come out as they are: they say nothing of the archive.
 */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly #reader: ZipReader;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, reader: ZipReader, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#reader = reader;
    this.#entries = entries;
  }

  /** Throws FileProblem for a cut, damaged or encrypted archive and for one that unpacks too far. */
  static async open(source: ByteSource, limits: ReadingLimits): Promise<ZipArchive> {
    const reader = new ZipReader(source);
    const options = { autoClose: false, validateEntrySizes: true };
    const zip = await fromRandomAccessReaderPromise(reader, source.size, options).catch((error: Error) => {
      throw reader.fault ?? openingProblem(error);
    });
    try {
      return new ZipArchive(zip, reader, await weighedEntries(zip, limits));
    } catch (error) {
      zip.close();
      if (error instanceof FileProblem) throw error;
      throw reader.fault ?? refusals.damaged('unreadable zip directory');
    }
  }

  has(name: string): boolean {
    return this.#entries.has(name.toLowerCase());
  }

  /** Unpacks one entry in pieces. Throws FileProblem when it is missing, damaged or longer than stated. */
  async *bytes(name: string): AsyncGenerator<Buffer> {
    const entry = this.#entries.get(name.toLowerCase());
    if (entry === undefined) throw refusals.damaged('a part is missing');
    let checksum = 0;
    try {
      for await (const chunk of await this.#zip.openReadStreamPromise(entry)) {
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof FileProblem ? error : (this.#reader.fault ?? unpackingProblem(error));
    }
    if (checksum !== entry.crc32) throw refusals.damaged('checksum of a part differs');
  }

  close(): void {
    this.#zip.close();
  }
}

async function weighedEntries(zip: ZipFile, limits: ReadingLimits): Promise<Map<string, Entry>> {
  if (zip.entryCount > limits.maxEntries) throw refusals.expandsTooFar('too many entries');
  const entries = new Map<string, Entry>();
  let total = 0;
  for await (const entry of zip.eachEntry()) {
    const name = entry.fileName.toLowerCase();
    if (entry.isEncrypted()) throw refusals.encrypted();
    if (entries.has(name)) throw refusals.damaged('two parts have the same name');
    total += entry.uncompressedSize;
    if (entry.uncompressedSize > limits.maxEntryBytes) throw refusals.expandsTooFar('one part is too large');
    if (total > limits.maxTotalBytes) throw refusals.expandsTooFar('all parts together are too large');
    if (entry.uncompressedSize > limits.ratioFreeBytes && ratioOf(entry) > limits.maxRatio) {
      throw refusals.expandsTooFar('a part is packed too tightly');
    }
    entries.set(name, entry);
  }
  return entries;
}

const ratioOf = (entry: Entry): number => entry.uncompressedSize / Math.max(1, entry.compressedSize);

const openingProblem = (error: Error): FileProblem =>
  /central directory|truncated|end of file|EOF/iu.test(error.message)
    ? refusals.cut()
    : refusals.damaged('not a readable zip archive');

function unpackingProblem(error: unknown): FileProblem {
  const said = error instanceof Error ? error.message : '';
  if (/too many bytes/iu.test(said)) return refusals.expandsTooFar('a part is larger than stated');
  return refusals.damaged('a part cannot be unpacked');
}
