import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealing } from '../crypto/sealing.ts';
import { chunkLength, headerLength, sealedChunkLength } from './chunk-cipher.ts';
import { createFileEncryption } from './encryption.ts';
import { localStorage } from './local-storage.ts';
import { openAnywhere } from './random-access.ts';
import type { FileStorage } from './storage.ts';

const key = () => randomBytes(32).toString('base64');
const sealing = createSealing({ current: 'a', keys: { a: key() } }, key());

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const read = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
};

describe('an encrypted file, read from anywhere', () => {
  let folder: string;
  let storage: FileStorage;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'storage-'));
    storage = localStorage(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const stored = async (plain: Buffer): Promise<string> => {
    const name = randomUUID();
    await storage.write(name, createFileEncryption(sealing).encrypt(once(plain), name));
    return name;
  };

  it.each([0, 1, chunkLength - 1, chunkLength, chunkLength + 1, 3 * chunkLength + 7])(
    'gives every part of a file of %i bytes',
    async (size) => {
      const plain = randomBytes(size);
      const file = await openAnywhere(storage, sealing, await stored(plain));
      expect(file.size).toBe(size);
      const edges = [0, 1, chunkLength - 1, chunkLength, chunkLength + 1, 2 * chunkLength, size - 1, size];
      const within = [...new Set(edges.filter((at) => at >= 0 && at <= size))];
      for (const start of within)
        for (const end of within.filter((at) => at >= start))
          expect((await read(file.stream(start, end))).equals(plain.subarray(start, end))).toBe(true);
      expect(() => file.stream(0, size + 1)).toThrow(RangeError);
    },
  );

  it('does not open a file that was cut, even between two chunks', async () => {
    const name = await stored(randomBytes(2 * chunkLength));
    const whole = await read(await storage.read(name));
    for (const end of [0, headerLength, headerLength + sealedChunkLength, whole.length - 1]) {
      await storage.remove(name);
      await storage.write(name, once(whole.subarray(0, end)));
      await expect(openAnywhere(storage, sealing, name)).rejects.toThrow('not what was written');
    }
  });

  it('finds a chunk that was changed when it comes to it', async () => {
    const name = await stored(randomBytes(3 * chunkLength));
    const bytes = await read(await storage.read(name));
    bytes[headerLength + 10] = (bytes[headerLength + 10] ?? 0) ^ 1;
    await storage.remove(name);
    await storage.write(name, once(bytes));
    const file = await openAnywhere(storage, sealing, name);
    expect((await read(file.stream(chunkLength, chunkLength + 5))).length).toBe(5);
    await expect(read(file.stream(0, 5))).rejects.toThrow('not what was written');
  });
});
