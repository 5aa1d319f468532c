import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openObjectStorage } from '#test/support/files/object-storage.ts';
import { localStorage } from './local-storage.ts';
import { objectStorage } from './object-storage.ts';
import { FileMissing, type FileStorage } from './storage.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const read = async (stream: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const piece of stream) all.push(piece);
  return Buffer.concat(all);
};

const all = async (names: AsyncIterable<string>): Promise<string[]> => {
  const found: string[] = [];
  for await (const name of names) found.push(name);
  return found;
};

type Place = { storage: FileStorage; lying(): Promise<string[]>; leave(): Promise<void> };

const onDisk = async (): Promise<Place> => {
  const folder = await mkdtemp(join(tmpdir(), 'storage-'));
  return {
    storage: localStorage(folder),
    lying: async () =>
      (await readdir(folder, { recursive: true, withFileTypes: true })).flatMap((each) =>
        each.isFile() ? [each.name] : [],
      ),
    leave: () => rm(folder, { recursive: true, force: true }),
  };
};

const inBucket = async (): Promise<Place> => {
  const { options, lying, close } = await openObjectStorage();
  return { storage: objectStorage(options), lying: async () => lying(), leave: close };
};

describe.each<[string, () => Promise<Place>]>([
  ['on a disk', onDisk],
  ['in an object storage', inBucket],
])('files %s', (_, open) => {
  let place: Place;
  let storage: FileStorage;
  beforeAll(async () => {
    place = await open();
    storage = place.storage;
  });
  afterAll(() => place.leave());

  it.each([0, 1, 200_000, 20_000_000])('of %i bytes are given back as they were stored', async (size) => {
    const name = randomUUID();
    const bytes = randomBytes(size);
    await storage.write(name, once(bytes));
    expect((await read(await storage.read(name))).equals(bytes)).toBe(true);
    expect(await storage.size(name)).toBe(size);
    await storage.remove(name);
  });

  it('are read in part', async () => {
    const name = randomUUID();
    const bytes = randomBytes(200_000);
    await storage.write(name, once(bytes));
    const part = await read(await storage.read(name, { start: 1_000, end: 1_999 }));
    expect(part.equals(bytes.subarray(1_000, 2_000))).toBe(true);
  });

  it.each([100_000, 20_000_000])(
    'leave nothing, and tell why, when their stream breaks after %i bytes',
    async (size) => {
      const before = await place.lying();
      const name = randomUUID();
      const broken = async function* () {
        yield randomBytes(size);
        throw new RangeError('the sender is gone');
      };
      await expect(storage.write(name, broken())).rejects.toThrow(new RangeError('the sender is gone'));
      expect(await place.lying()).toEqual(before);
      await expect(storage.read(name)).rejects.toThrow(FileMissing);
    },
  );

  it('are gone once they are removed, and may be removed twice', async () => {
    const name = randomUUID();
    await storage.write(name, once(randomBytes(10)));
    await storage.remove(name);
    await storage.remove(name);
    await expect(storage.read(name)).rejects.toThrow(FileMissing);
    await expect(storage.size(name)).rejects.toThrow(FileMissing);
  });

  it('have no name that could lead elsewhere', async () => {
    for (const name of ['../../etc/passwd', '', 'report.xlsx', randomUUID().toUpperCase()])
      await expect(storage.write(name, once(randomBytes(1)))).rejects.toThrow(TypeError);
  });

  it('are listed in the order of their names, from any of them on', async () => {
    const names = Array.from({ length: 30 }, () => randomUUID());
    for (const name of names) await storage.write(name, once(randomBytes(10)));
    const listed = await all(storage.list());
    expect(listed).toEqual([...listed].sort());
    expect(listed).toEqual(expect.arrayContaining(names));
    for (const after of [listed[0] ?? '', listed[17] ?? '', listed.at(-1) ?? ''])
      expect(await all(storage.list(after))).toEqual(listed.filter((name) => name > after));
  });

  it('can be kept there', async () => {
    await expect(storage.probe()).resolves.toBeUndefined();
  });
});
