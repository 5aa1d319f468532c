import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { breaks, holds } from '#test/support/rules.ts';
import { createSealing } from '../crypto/sealing.ts';
import { chunkLength, headerLength, sealedChunkLength } from './chunk-cipher.ts';
import { createFileEncryption } from './encryption.ts';

const key = () => randomBytes(32).toString('base64');
const hashKey = key();
const oldKey = key();
const newKey = key();
const sealing = createSealing({ current: 'old', keys: { old: oldKey } }, hashKey);
const encryption = createFileEncryption(sealing);
const name = randomUUID();

async function* pieces(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

const collected = async (stream: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
};

const sealed = (plain: Uint8Array, as = name): Promise<Buffer> =>
  collected(encryption.encrypt(pieces(plain, 50_000), as));
const opened = (bytes: Uint8Array, as = name, length = 70_001): Promise<Buffer> =>
  collected(encryption.decrypt(pieces(bytes, length), as));

/** Positions of chunks 0, 1, 2 … in a sealed file. */
const chunkOf = (file: Buffer, index: number): Buffer =>
  file.subarray(headerLength + index * sealedChunkLength, headerLength + (index + 1) * sealedChunkLength);

const sizes = fc.oneof(
  fc.nat(300),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -1, max: 1 }))
    .map(([chunks, more]) => chunks * chunkLength + more),
  fc.nat(4 * chunkLength),
);

describe('encryption of files', () => {
  it(holds('PRV-16', 'a file of any size, cut into pieces anyhow, comes out as it went in'), async () => {
    await fc.assert(
      fc.asyncProperty(sizes, fc.integer({ min: 500, max: 200_000 }), async (size, length) => {
        const plain = randomBytes(size);
        const file = await collected(encryption.encrypt(pieces(plain, length), name));
        expect((await opened(file, name, length)).equals(plain)).toBe(true);
      }),
      {
        numRuns: 40,
        examples: [
          [0, 500],
          [1, 500],
          [chunkLength, chunkLength],
        ],
      },
    );
  });

  it('nothing of the content stands in the stored bytes, and equal contents differ', async () => {
    const plain = Buffer.alloc(100_000, '身份证件号');
    const [one, other] = [await sealed(plain), await sealed(plain)];
    expect(one.includes(Buffer.from('身份证件号'))).toBe(false);
    expect(one.subarray(headerLength).equals(other.subarray(headerLength))).toBe(false);
  });

  it(breaks('PRV-16', 'a single changed bit anywhere is found'), async () => {
    const file = await sealed(randomBytes(chunkLength + 100));
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length - 1), fc.nat(7), async (at, bit) => {
        const changed = Buffer.from(file);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        await expect(opened(changed)).rejects.toThrow();
      }),
      {
        numRuns: 150,
        examples: [...Array(headerLength).keys(), file.length - 1].map((at) => [at, 0] as [number, number]),
      },
    );
  });

  it('a file that was cut is found, at the borders of chunks too', async () => {
    const file = await sealed(randomBytes(3 * chunkLength));
    const borders = [0, 1, 2].map((index) => headerLength + index * sealedChunkLength);
    for (const end of [
      0,
      1,
      headerLength - 1,
      ...borders,
      ...borders.map((at) => at + 16),
      file.length - 1,
    ]) {
      await expect(opened(file.subarray(0, end))).rejects.toThrow('not what was written');
    }
  });

  it('a file with something appended is found', async () => {
    const file = await sealed(randomBytes(chunkLength));
    await expect(opened(Buffer.concat([file, chunkOf(file, 0)]))).rejects.toThrow('not what was written');
    await expect(opened(Buffer.concat([file, Buffer.alloc(1)]))).rejects.toThrow('not what was written');
  });

  it('chunks that changed places, are doubled or are left out are found', async () => {
    const file = await sealed(randomBytes(3 * chunkLength + 5));
    const header = file.subarray(0, headerLength);
    for (const order of [
      [1, 0, 2, 3],
      [0, 0, 2, 3],
      [0, 2, 3],
      [0, 1, 3],
      [0, 1, 1, 3],
    ]) {
      const other = Buffer.concat([header, ...order.map((index) => chunkOf(file, index))]);
      await expect(opened(other)).rejects.toThrow('not what was written');
    }
  });

  it('a chunk of another file is found, even one of the same name', async () => {
    const [one, other] = [await sealed(randomBytes(70_000)), await sealed(randomBytes(70_000))];
    const mixed = Buffer.concat([one.subarray(0, headerLength), chunkOf(one, 0), chunkOf(other, 1)]);
    await expect(opened(mixed)).rejects.toThrow('not what was written');
  });

  it('a file does not open under the name of another', async () => {
    const file = await sealed(randomBytes(10));
    await expect(opened(file, randomUUID())).rejects.toThrow();
  });

  it('files of a former key open while the ring holds it, and not when it is gone', async () => {
    const plain = randomBytes(1_000);
    const file = await sealed(plain);
    const rotated = createSealing({ current: 'new', keys: { old: oldKey, new: newKey } }, hashKey);
    const after = createFileEncryption(rotated);
    expect((await collected(after.decrypt(pieces(file, 500), name))).equals(plain)).toBe(true);
    const fresh = await collected(after.encrypt(pieces(plain, 500), name));
    await expect(opened(fresh)).rejects.toThrow('the ring does not hold');
  });

  it('takes the longest key id that a ring may have', async () => {
    const id = '钥'.repeat(16);
    const long = createFileEncryption(createSealing({ current: id, keys: { [id]: newKey } }, hashKey));
    const file = await collected(long.encrypt(pieces(Buffer.from('x'), 1), name));
    expect((await collected(long.decrypt(pieces(file, 99), name))).toString()).toBe('x');
  });
});
