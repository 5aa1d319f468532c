import { randomBytes, randomUUID } from 'node:crypto';
import { openObjectStorage, type TestObjectStorage } from '#test/support/files/object-storage.ts';
import { objectStorage } from './object-storage.ts';
import type { FileStorage } from './storage.ts';

let bucket: TestObjectStorage;
let storage: FileStorage;
beforeAll(async () => {
  bucket = await openObjectStorage();
  storage = objectStorage(bucket.options);
});
afterAll(() => bucket.close());

const unavailable = { code: 'SERVICE_UNAVAILABLE' };
async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1_000_000) yield bytes.subarray(at, at + 1_000_000);
}
const stored = async (bytes: Buffer): Promise<string> => {
  const name = randomUUID();
  await storage.write(name, inPieces(bytes));
  return name;
};
const read = async (name: string): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of await storage.read(name)) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};

describe('a server that is busy or breaks off now and then', () => {
  it.each(['BUSY', 'CUT_OFF'] as const)(
    '(%s) is asked again, and nothing is lost of large and small files',
    async (fault) => {
      for (const size of [1_000, 20_000_000]) {
        const bytes = randomBytes(size);
        bucket.server.fail('PUT', fault, 2);
        bucket.server.fail('POST', fault, 1);
        const name = await stored(bytes);
        bucket.server.fail('GET', fault, 2);
        expect((await read(name)).equals(bytes)).toBe(true);
      }
      expect(bucket.lying().filter((key) => key.startsWith('unfinished'))).toEqual([]);
    },
  );

  it('is given up after some times, with one clear answer and no file', async () => {
    const before = bucket.lying();
    bucket.server.fail('PUT', 'BUSY', 4);
    await expect(stored(randomBytes(1_000))).rejects.toMatchObject(unavailable);
    expect(bucket.lying()).toEqual(before);
  });
});

describe('what is wrong with the configuration', () => {
  it.each<[string, Partial<TestObjectStorage['options']>]>([
    ['the secret', { secretAccessKey: 'another' }],
    ['the bucket', { bucket: 'no-such-bucket' }],
    ['the address', { endpoint: 'http://127.0.0.1:1' }],
  ])(
    'is %s: every request answers that the storage is not available, and it is not ready',
    async (_, wrong) => {
      const name = await stored(randomBytes(10));
      const other = objectStorage({ ...bucket.options, ...wrong });
      await expect(other.probe()).rejects.toMatchObject(unavailable);
      await expect(other.read(name)).rejects.toMatchObject(unavailable);
      await expect(other.write(randomUUID(), inPieces(randomBytes(10)))).rejects.toMatchObject(unavailable);
    },
  );

  it('shows in no error: neither key nor address', async () => {
    const other = objectStorage({ ...bucket.options, secretAccessKey: 'another' });
    const error: Error = await other.size(randomUUID()).then(
      () => new Error('it answered'),
      (failure: unknown) => failure as Error,
    );
    expect(error.message).toBe('服务暂不可用，请稍后重试。 File storage is not available now; try again.');
  });
});

it('a service does not see the files of another one in the same bucket', async () => {
  const name = await stored(randomBytes(10));
  const other = objectStorage({ ...bucket.options, folder: 'certificate' });
  await expect(other.read(name)).rejects.toThrow('is not there');
  for await (const found of other.list()) expect(found).toBe('nothing at all');
});
