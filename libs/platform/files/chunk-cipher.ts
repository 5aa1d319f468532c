import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Sealing } from '../crypto/sealing.ts';

/** Plain bytes of every chunk but the last one, which may be shorter. */
export const chunkLength = 64 * 1024;
export const tagLength = 16;
export const sealedChunkLength = chunkLength + tagLength;
export const headerLength = 144;

const magic = Buffer.from('XJF1');
const keyLength = 32;
const prefixLength = 7;
const mostChunks = 2 ** 32;

/** A stored file was altered, cut, put together from parts of others, or stored under another name. */
export class FileDamaged extends Error {
  constructor() {
    super('A stored file is not what was written');
    this.name = 'FileDamaged';
  }
}

/** Seals and opens the chunks of one file by their position. */
export type ChunkCipher = {
  seal(chunk: Uint8Array, position: number, isLast: boolean): Buffer;
  /** Throws FileDamaged. */
  open(sealed: Uint8Array, position: number, isLast: boolean): Buffer;
};

/**
 * STREAM (Hoang, Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance, CRYPTO 2015) over AES-256-GCM. A chunk's nonce is 7 random bytes of the file, its position
 * (4 bytes) and whether it is the last one (1 byte), so that a chunk opens at its own place in its own file only and
 * a file that was cut does not end. The header goes into every chunk as associated data.
 */
const cipherOf = (key: Buffer, header: Buffer): ChunkCipher => {
  const prefix = header.subarray(headerLength - prefixLength);
  const nonceOf = (position: number, isLast: boolean): Buffer => {
    if (position >= mostChunks) throw new RangeError('A file has too many chunks');
    const nonce = Buffer.alloc(12);
    prefix.copy(nonce);
    nonce.writeUInt32BE(position, prefixLength);
    nonce[11] = isLast ? 1 : 0;
    return nonce;
  };
  return {
    seal: (chunk, position, isLast) => {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(position, isLast)).setAAD(header);
      const body = cipher.update(chunk);
      cipher.final();
      return Buffer.concat([body, cipher.getAuthTag()]);
    },
    open: (sealed, position, isLast) => {
      if (sealed.length < tagLength) throw new FileDamaged();
      const body = sealed.subarray(0, sealed.length - tagLength);
      const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(position, isLast), {
        authTagLength: tagLength,
      });
      decipher.setAAD(header).setAuthTag(sealed.subarray(sealed.length - tagLength));
      try {
        const plain = decipher.update(body);
        decipher.final();
        return plain;
      } catch {
        throw new FileDamaged();
      }
    },
  };
};

const contextOf = (name: string): string => `file ${name}`;

/**
 * Begins a file with a key of its own. The header (144 bytes): magic, length of the sealed key (1 byte), the key
 * sealed for this file's name by the current key of the ring, zeros, and the nonce prefix (7 bytes).
 */
export const beginFile = (sealing: Sealing, name: string): { header: Buffer; cipher: ChunkCipher } => {
  const key = randomBytes(keyLength);
  const wrapped = sealing.seal(key.toString('base64'), contextOf(name));
  const header = Buffer.alloc(headerLength);
  if (wrapped.length > headerLength - magic.length - 1 - prefixLength) {
    throw new RangeError('The id of the current key is too long for the header of a file');
  }
  magic.copy(header);
  header[magic.length] = wrapped.length;
  wrapped.copy(header, magic.length + 1);
  randomBytes(prefixLength).copy(header, headerLength - prefixLength);
  return { header, cipher: cipherOf(key, header) };
};

/** Opens a header. Throws FileDamaged for none of ours, and what `Sealing.open` throws for a key it cannot open. */
export const openHeader = (sealing: Sealing, name: string, header: Buffer): ChunkCipher => {
  if (header.length !== headerLength || !header.subarray(0, magic.length).equals(magic))
    throw new FileDamaged();
  const start = magic.length + 1;
  const wrapped = header.subarray(start, start + (header[magic.length] ?? 0));
  return cipherOf(Buffer.from(sealing.open(wrapped, contextOf(name)), 'base64'), Buffer.from(header));
};
