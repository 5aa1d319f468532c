import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createSealing, type Sealing } from '#libs/platform/crypto/sealing.ts';
import { checkFiles } from '#libs/platform/files/check-files.ts';
import { createFileEncryption } from '#libs/platform/files/encryption.ts';
import { createFiles, type Files } from '#libs/platform/files/files.ts';
import { noteLooseObjects } from '#libs/platform/files/loose-objects.ts';
import { csv } from '#libs/platform/files/media-types.ts';
import { objectStorage } from '#libs/platform/files/object-storage.ts';
import { dropOwnerless } from '#libs/platform/files/ownerless.ts';
import { saveReport } from '#libs/platform/files/reports.ts';
import { resealNextFile } from '#libs/platform/files/reseal-files.ts';
import { readFile, storeFile } from '#libs/platform/files/stored-files.ts';
import { sweepUploads } from '#libs/platform/files/sweep.ts';
import { openObjectStorage, type TestObjectStorage } from '#test/support/files/object-storage.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type FileSituation, place, startFileSituation } from './file-situation.ts';

let school: FileSituation;
let bucket: TestObjectStorage;
const hour = 3_600_000;
const later = (milliseconds: number): void =>
  school.network.clock.moveTo(new Date(Date.parse(school.network.clock.now()) + milliseconds).toISOString());
const key = (): string => randomBytes(32).toString('base64');
const hashKey = key();
const [first, second] = [key(), key()];
/** The ring before the change of keys, after it, and once the old key is gone. */
const rings = {
  before: createSealing({ current: 'k1', keys: { k1: first } }, hashKey),
  after: createSealing({ current: 'k2', keys: { k1: first, k2: second } }, hashKey),
  newAlone: createSealing({ current: 'k2', keys: { k2: second } }, hashKey),
};

beforeAll(async () => {
  [school, bucket] = await Promise.all([startFileSituation({ withoutWorkers: true }), openObjectStorage()]);
});
afterAll(() => Promise.all([school?.stop(), bucket?.close()]));

/** Files in the object storage, under a ring. */
const filesUnder = (sealing: Sealing): Files =>
  createFiles({ ...school.files.core, sealing }, {}, objectStorage(bucket.options));
const read = async (stream: AsyncIterable<unknown>): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of stream) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
};
const stored = async (files: Files, bytes: Buffer): Promise<string> => {
  const made: string[] = [];
  await storeFile(files, place, Readable.from([bytes], { objectMode: false }), async (_, file) => {
    made.push(file);
    return true;
  });
  return made[0] ?? '';
};
const keyOf = (file: string) =>
  [...bucket.server.bucket.objects.keys()].find((each) => each.endsWith(file)) ?? '';
const faults = () => school.rows('select file_id as file, fault from stored_file where fault is not null');
const checkAll = (files: Files) =>
  checkFiles(files, new Date(Date.parse(files.core.clock.now()) + 1).toISOString(), 1_000);
const empty = async (): Promise<void> => {
  await school.rows('delete from report');
  await school.rows('delete from stored_file');
  await school.rows('delete from loose_object');
  bucket.server.bucket.objects.clear();
};
beforeEach(empty);

describe('the check of stored files', () => {
  test(
    holds('PRV-16', 'finds a byte that was changed and a file that is gone, and clears what is right again'),
    async () => {
      const files = filesUnder(rings.before);
      const [changed, gone, right] = [
        await stored(files, randomBytes(200_000)),
        await stored(files, randomBytes(10)),
        await stored(files, randomBytes(70_000)),
      ];
      expect(await checkAll(files)).toEqual({ files: 3, faults: 0 });
      const { objects } = bucket.server.bucket;
      const [kept, lost] = [objects.get(keyOf(changed)), objects.get(keyOf(gone))];
      if (kept === undefined || lost === undefined) throw new Error('nothing was stored');
      const flipped = Buffer.from(kept);
      flipped[100_000] = (flipped[100_000] ?? 0) ^ 1;
      objects.set(keyOf(changed), flipped);
      const goneKey = keyOf(gone);
      objects.delete(goneKey);
      expect(await checkAll(files)).toEqual({ files: 3, faults: 2 });
      expect(await faults()).toEqual(
        expect.arrayContaining([
          { file: changed, fault: 'DAMAGED' },
          { file: gone, fault: 'MISSING' },
        ]),
      );
      await expect(read(await readFile(files, changed))).rejects.toThrow('not what was written');
      expect((await read(await readFile(files, right))).length).toBe(70_000);
      objects.set(keyOf(changed), kept);
      objects.set(goneKey, lost);
      expect(await checkAll(files)).toEqual({ files: 3, faults: 0 });
      expect(await faults()).toEqual([]);
    },
  );

  test('goes round: what was checked last comes last, and nothing before its time', async () => {
    const files = filesUnder(rings.before);
    for (let count = 0; count < 5; count++) await stored(files, randomBytes(10));
    const checkEnd = () =>
      new Date(Date.parse(files.core.clock.now()) - files.limits.checkEvery).toISOString();
    const rounds = [];
    for (let round = 0; round < 4; round++) rounds.push((await checkFiles(files, checkEnd(), 2)).files);
    expect(rounds).toEqual([2, 2, 1, 0]);
    later(files.limits.checkEvery + 1);
    expect((await checkFiles(files, checkEnd(), 10)).files).toBe(5);
  });

  test('marks nothing when the storage does not answer', async () => {
    const files = filesUnder(rings.before);
    await stored(files, randomBytes(10));
    bucket.server.fail('GET', 'CUT_OFF', 4);
    await expect(checkAll(files)).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    expect(await faults()).toEqual([]);
  });
});

describe('what lies in the storage without a row', () => {
  test('is noted first and removed when it is old; what somebody owns or writes stays', async () => {
    const files = filesUnder(rings.before);
    const kept = await stored(files, randomBytes(10));
    const loose = randomUUID();
    const write = (name: string) => files.storage.write(name, Readable.from([randomBytes(9)]));
    await write(loose);
    expect(await noteLooseObjects(files)).toEqual({ seen: 2, loose: 1 });
    later(files.limits.looseFor);
    await sweepUploads(files);
    expect(keyOf(loose)).not.toBe('');
    later(1);
    await sweepUploads(files);
    expect([keyOf(loose), keyOf(kept)]).toEqual(['', expect.stringContaining(kept)]);
    expect(await noteLooseObjects(files)).toEqual({ seen: 1, loose: 0 });
  });

  test('is left alone when there is so much of it that the database must be another one', async () => {
    const files = filesUnder(rings.before);
    await school.rows(
      `insert into loose_object select gen_random_uuid(), $1::timestamptz, false from generate_series(1, 1001)`,
      [files.core.clock.now()],
    );
    later(files.limits.looseFor + 1);
    await sweepUploads(files);
    expect(await school.rows('select count(*)::int as count from loose_object')).toEqual([{ count: 1001 }]);
  });
});

describe('a file that nobody owns', () => {
  const reported = (files: Files, id: string): Promise<void> =>
    saveReport(files, { id, place, mediaType: csv, isPersonal: false }, async (sink) => {
      sink.write(randomBytes(10));
    });

  test('is removed a day after it was stored; what a report or an upload owns stays', async () => {
    const files = filesUnder(rings.before);
    const left = await stored(files, randomBytes(10));
    await reported(files, randomUUID());
    expect(bucket.lying()).toHaveLength(2);
    later(files.limits.ownerlessFor);
    expect(await dropOwnerless(files)).toBe(0);
    later(1);
    expect(await dropOwnerless(files)).toBe(1);
    expect(bucket.lying()).toHaveLength(1);
    expect(keyOf(left)).toBe('');
  });

  test('is found by the next sweep where a process was killed after a report had got another', async () => {
    const [files, id] = [filesUnder(rings.before), randomUUID()];
    await reported(files, id);
    // Nothing is done any more once the report has its other file.
    const killed: Files = { ...files, core: { ...files.core, worker: undefined as never } };
    await reported(killed, id);
    expect(bucket.lying()).toHaveLength(2);
    await sweepUploads(files);
    expect(bucket.lying()).toHaveLength(1);
  });
});

describe('a change of keys', () => {
  const opens = async (sealing: Sealing, name: string, sealed: Buffer): Promise<boolean> =>
    read(createFileEncryption(sealing).decrypt(Readable.from([sealed]), name)).then(
      () => true,
      () => false,
    );
  /** Whether anything in the storage opens with the old key alone. */
  const opensWithOld = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const [path, sealed] of bucket.server.bucket.objects)
      if (await opens(rings.before, path.slice(-36), sealed)) found.push(path);
    return found;
  };
  const resealAll = async (files: Files): Promise<number> => {
    for (let count = 0; ; count++) if (!(await resealNextFile(files))) return count;
  };

  test(
    holds(
      'PRV-16',
      'leaves old files readable, and once they are sealed anew nothing opens with the old key',
    ),
    async () => {
      const plain = [randomBytes(10), randomBytes(200_000), randomBytes(9_000_000)];
      const old = await Promise.all(plain.map((bytes) => stored(filesUnder(rings.before), bytes)));
      const files = filesUnder(rings.after);
      expect((await read(await readFile(files, old[1] ?? ''))).equals(plain[1] ?? Buffer.alloc(0))).toBe(
        true,
      );
      const fresh = await stored(files, randomBytes(5));
      expect(await opensWithOld()).toHaveLength(3);
      const reading = await readFile(files, old[2] ?? '');
      expect(await resealAll(files)).toBe(3);
      expect((await read(reading)).equals(plain[2] ?? Buffer.alloc(0))).toBe(true);
      later(hour + 1);
      await sweepUploads(files);
      expect(await opensWithOld()).toEqual([]);
      const without = filesUnder(rings.newAlone);
      for (const [at, file] of old.entries())
        expect((await read(await readFile(without, file))).equals(plain[at] ?? Buffer.alloc(0))).toBe(true);
      expect((await read(await readFile(without, fresh))).length).toBe(5);
      expect(bucket.lying()).toHaveLength(4);
      expect(await checkAll(without)).toEqual({ files: 4, faults: 0 });
    },
  );

  test(breaks('PRV-16', 'passes over a file that is damaged, and says so instead of losing it'), async () => {
    const file = await stored(filesUnder(rings.before), randomBytes(1_000));
    const sealed = bucket.server.bucket.objects.get(keyOf(file));
    sealed?.fill(7, 500, 510);
    const files = filesUnder(rings.after);
    expect(await resealAll(files)).toBe(1);
    expect(await faults()).toEqual([{ file, fault: 'DAMAGED' }]);
    expect(bucket.lying()).toEqual([keyOf(file)]);
  });

  /** Files whose every way to the storage and the database ends after so many steps, as with a killed process. */
  const mortal = (files: Files, steps: number): { files: Files; isDead(): boolean } => {
    let left = steps;
    const step = (): void => {
      if (left <= 0) throw new Error('killed');
      left -= 1;
    };
    const storage = new Proxy(files.storage, {
      get:
        (of, name: keyof Files['storage']) =>
        async (...given: [never]) => {
          step();
          return (of[name] as (...all: unknown[]) => unknown)(...given);
        },
    });
    const worker = new Proxy(files.core.worker, {
      get: (of, name) => {
        if (name === 'em') step();
        return Reflect.get(of, name, of);
      },
    });
    return { files: { ...files, storage, core: { ...files.core, worker } }, isDead: () => left <= 0 };
  };

  test('loses nothing when it is killed at any step, and is finished by whoever comes next', async () => {
    const plain = randomBytes(70_000);
    let kills = 0;
    for (let steps = 0; ; steps++) {
      await empty();
      const file = await stored(filesUnder(rings.before), plain);
      const one = mortal(filesUnder(rings.after), steps);
      const died = await resealAll(one.files).then(
        () => false,
        () => true,
      );
      const files = filesUnder(rings.after);
      expect((await read(await readFile(files, file))).equals(plain)).toBe(true);
      later(hour + 1);
      await sweepUploads(files);
      await resealAll(files);
      later(hour + 1);
      await sweepUploads(files);
      await sweepUploads(files);
      expect((await read(await readFile(filesUnder(rings.newAlone), file))).equals(plain)).toBe(true);
      expect(await opensWithOld()).toEqual([]);
      expect(bucket.lying()).toHaveLength(1);
      if (!died) break;
      kills += 1;
    }
    expect(kills).toBeGreaterThan(5);
  });
});
