import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { closeSync, openSync, readSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Pages put aside in a temporary file that nobody else can read: AES-256-GCM under a key that is drawn for this file
 * and exists in the memory of this process only. The file loses its name as soon as it is open, so that a crash
 * leaves nothing; where the system does not allow that (Windows), it leaves a file without a key.
 */
export class Spill {
  readonly #pageBytes: number;
  readonly #sealed: Buffer;
  readonly #path: string;
  readonly #descriptor: number;
  readonly #key: KeyObject = createSecretKey(randomBytes(KEY_BYTES));
  #pages = 0;

  /** `pageBytes` is the size of every page. */
  constructor(folder: string, pageBytes: number) {
    this.#pageBytes = pageBytes;
    this.#sealed = Buffer.alloc(pageBytes + TAG_BYTES);
    this.#path = path.join(folder, `table-${randomUUID()}`);
    this.#descriptor = openSync(this.#path, 'wx+', 0o600);
    unnamed(this.#path);
  }

  /** Puts a page aside; returns its number, from 0. Pages are only ever added: no nonce comes twice. */
  add(page: Buffer): number {
    if (page.length !== this.#pageBytes) throw new RangeError('A page has another size');
    const cipher = createCipheriv(CIPHER, this.#key, nonceOf(this.#pages));
    writeFileSync(this.#descriptor, cipher.update(page));
    cipher.final();
    writeFileSync(this.#descriptor, cipher.getAuthTag());
    this.#pages += 1;
    return this.#pages - 1;
  }

  /** The page of this number. Throws where the file is not what was written. */
  page(number: number): Buffer {
    const sealed = this.#sealed;
    readSync(this.#descriptor, sealed, 0, sealed.length, number * sealed.length);
    const decipher = createDecipheriv(CIPHER, this.#key, nonceOf(number), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(this.#pageBytes));
    const page = decipher.update(sealed.subarray(0, this.#pageBytes));
    decipher.final();
    return page;
  }

  close(): void {
    closeSync(this.#descriptor);
    rmSync(this.#path, { force: true });
  }
}

function unnamed(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
  }
}

function nonceOf(page: number): Buffer {
  const nonce = Buffer.alloc(NONCE_BYTES);
  nonce.writeUInt32BE(page, NONCE_BYTES - 4);
  return nonce;
}
