import { randomBytes } from 'node:crypto';
import { xlsx } from '#libs/platform/files/media-types.ts';
import { reportUrl, saveReport } from '#libs/platform/files/reports.ts';
import { openUploadAnywhere } from '#libs/platform/files/uploads.ts';
import { openObjectStorage, type TestObjectStorage } from '#test/support/files/object-storage.ts';
import { holds } from '#test/support/rules.ts';
import { type FileSituation, place, startFileSituation } from './file-situation.ts';

/** A service whose files lie in an S3-compatible storage. */
describe('a school whose files lie in an object storage', () => {
  let bucket: TestObjectStorage;
  let school: FileSituation;
  beforeAll(async () => {
    bucket = await openObjectStorage();
    school = await startFileSituation({ environment: bucket.environment, withoutWorkers: true });
  });
  afterAll(async () => {
    await school?.stop();
    await bucket?.close();
  });

  const table = (size: number): Buffer =>
    Buffer.from(`姓名,性别\r\n${randomBytes(size).toString('hex')}`).subarray(0, size);
  const read = async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
    const all: Buffer[] = [];
    for await (const piece of source) all.push(piece);
    return Buffer.concat(all);
  };
  const isReady = async (): Promise<boolean> =>
    (await fetch(`${school.network.service('enrollment').url.replace(/\/graphql$/, '')}/readyz`)).status ===
    200;

  test(
    holds('PRV-16', 'hands in files of any size as before, and no plain byte leaves the process'),
    async () => {
      for (const size of [1_000, 12_000_000]) {
        const bytes = table(size);
        const upload = await school.announced('registrar', bytes);
        expect(await school.put(upload.url, bytes)).toMatchObject({ status: 201 });
        expect((await school.complete('registrar', upload.id)).data?.completeUpload.upload?.state).toBe(
          'ACCEPTED',
        );
        const anywhere = await openUploadAnywhere(school.files, upload.id);
        expect((await read(anywhere.stream(0, size))).equals(bytes)).toBe(true);
        expect((await read(anywhere.stream(size - 100, size))).equals(bytes.subarray(size - 100))).toBe(true);
        for (const lying of bucket.server.bucket.objects.values())
          expect(lying.includes(bytes.subarray(0, 30))).toBe(false);
      }
      expect(bucket.lying()).toHaveLength(2);
      expect(bucket.lying().every((key) => key.startsWith('enrollment/'))).toBe(true);
    },
  );

  test('is told to try again while the storage is away, and loses nothing by it', async () => {
    const before = bucket.lying();
    const bytes = table(20_000);
    const upload = await school.announced('registrar', bytes);
    bucket.server.fail('PUT', 'CUT_OFF', 4);
    expect(await school.put(upload.url, bytes)).toMatchObject({
      status: 503,
      body: { code: 'SERVICE_UNAVAILABLE' },
    });
    expect(bucket.lying()).toEqual(before);
    expect(await school.put(upload.url, bytes)).toMatchObject({ status: 201 });
    bucket.server.fail('GET', 'BUSY', 4);
    expect(await school.complete('registrar', upload.id)).toMatchObject({
      errors: [{ extensions: { code: 'SERVICE_UNAVAILABLE' } }],
    });
    expect((await school.complete('registrar', upload.id)).data?.completeUpload.upload?.state).toBe(
      'ACCEPTED',
    );
  });

  test('fetches a report from there', async () => {
    const bytes = randomBytes(300_000);
    const id = '01890000-0000-7000-8000-000000000001';
    await saveReport(
      school.files,
      { id, place, mediaType: xlsx, isPersonal: true },
      async (sink) => void sink.end(bytes),
    );
    const url = reportUrl(school.files, { id, place }, { subject: 'registrar-1', unit: '2114000001' });
    const answer = await school.get(url, { authorization: `Bearer ${await school.token('registrar')}` });
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
  });

  test('gets no requests while the storage is not there', async () => {
    expect(await isReady()).toBe(true);
    await bucket.close();
    await school.until('it is not ready', async () => !(await isReady()));
  });
});
