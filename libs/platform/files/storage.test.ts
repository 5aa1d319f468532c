import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSealing } from '../crypto/sealing.ts';
import { chunkLength, headerLength, sealedChunkLength } from './chunk-cipher.ts';
import { createFileEncryption } from './encryption.ts';
import { openAnywhere } from './random-access.ts';
import { type FileStorage, localStorage } from './storage.ts';

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

describe('the storage', () => {
  let folder: string;
  let storage: FileStorage;
  const pathOf = (name: string) => join(folder, name.slice(0, 2), name.slice(2, 4), name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'storage-'));
    storage = localStorage(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives back what was stored, whole or in part', async () => {
    const name = randomUUID();
    const bytes = randomBytes(200_000);
    await storage.write(name, once(bytes));
    expect((await read(await storage.read(name))).equals(bytes)).toBe(true);
    const part = await read(await storage.read(name, { start: 1_000, end: 1_999 }));
    expect(part.equals(bytes.subarray(1_000, 2_000))).toBe(true);
    expect(await storage.size(name)).toBe(200_000);
  });

  it('lets nobody else on the machine read it', async () => {
    const name = randomUUID();
    await storage.write(name, once(randomBytes(10)));
    expect((await stat(pathOf(name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, name.slice(0, 2)))).mode & 0o777).toBe(0o700);
  });

  it('keeps nothing of a stream that broke', async () => {
    const name = randomUUID();
    const broken = async function* () {
      yield randomBytes(100_000);
      throw new Error('the sender is gone');
    };
    await expect(storage.write(name, broken())).rejects.toThrow('the sender is gone');
    expect(existsSync(pathOf(name))).toBe(false);
  });

  it('forgets what is removed, and does not mind removing it twice', async () => {
    const name = randomUUID();
    await storage.write(name, once(randomBytes(10)));
    await storage.remove(name);
    await storage.remove(name);
    expect(existsSync(pathOf(name))).toBe(false);
    await expect(storage.read(name)).rejects.toThrow();
  });

  it('takes no name that could lead elsewhere', async () => {
    for (const name of ['../../etc/passwd', '', 'report.xlsx', randomUUID().toUpperCase()])
      await expect(storage.write(name, once(randomBytes(1)))).rejects.toThrow(TypeError);
  });

  const descriptors = '/proc/self/fd';
  (existsSync(descriptors) ? it : it.skip)('closes a file whose reader stops early', async () => {
    const name = randomUUID();
    await storage.write(name, once(randomBytes(1_000_000)));
    const stream = await storage.read(name);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    for await (const _ of stream) break;
    await closed;
    const open = await Promise.all(
      (await readdir(descriptors)).map((each) => readlink(join(descriptors, each)).catch(() => '')),
    );
    expect(open.filter((path) => path.includes(name))).toEqual([]);
  });

  describe('with encryption, read from anywhere', () => {
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
});
