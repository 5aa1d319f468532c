import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { FileProblem } from '../problems/file-problem.ts';
import type { ReadingLimits } from './limits.ts';
import { refusals } from './refusals.ts';

/**
 * The parts of an OOXML package. Every entry is weighed before anything is unpacked; what is unpacked is held to
 * its stated size and checksum.
 */
export class ZipArchive {
  readonly #zip: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(zip: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#zip = zip;
    this.#entries = entries;
  }

  /** Throws FileProblem for a cut, damaged or encrypted archive and for one that unpacks too far. */
  static async open(path: string, limits: ReadingLimits): Promise<ZipArchive> {
    const zip = await openPromise(path, { autoClose: false, validateEntrySizes: true }).catch(
      (error: Error) => {
        throw /central directory|truncated|end of file|EOF/iu.test(error.message)
          ? refusals.cut()
          : refusals.damaged('not a readable zip archive');
      },
    );
    try {
      return new ZipArchive(zip, await weighedEntries(zip, limits));
    } catch (error) {
      zip.close();
      throw error instanceof FileProblem ? error : refusals.damaged('unreadable zip directory');
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
      throw error instanceof FileProblem ? error : unpackingProblem(error);
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

function unpackingProblem(error: unknown): FileProblem {
  const said = error instanceof Error ? error.message : '';
  if (/too many bytes/iu.test(said)) return refusals.expandsTooFar('a part is larger than stated');
  return refusals.damaged('a part cannot be unpacked');
}
