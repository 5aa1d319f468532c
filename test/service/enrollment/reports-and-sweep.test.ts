import { randomBytes, randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { csv, xlsx } from '#libs/platform/files/media-types.ts';
import { reportUrl, saveReport } from '#libs/platform/files/reports.ts';
import { sweepUploads } from '#libs/platform/files/sweep.ts';
import { discardUpload } from '#libs/platform/files/uploads.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type FileSituation, place, startFileSituation } from './file-situation.ts';

let school: FileSituation;
beforeAll(async () => {
  school = await startFileSituation();
});
afterAll(() => school?.stop());

const reader = { subject: 'registrar-1', unit: '2114000001' };
const later = (minutes: number): void =>
  school.network.clock.moveTo(
    new Date(Date.parse(school.network.clock.now()) + minutes * 60_000).toISOString(),
  );
const saved = async (bytes: Buffer, id: string = randomUUID(), isPersonal = true): Promise<string> => {
  await saveReport(school.files, { id, place, mediaType: xlsx, isPersonal }, async (sink) => {
    sink.write(bytes.subarray(0, 10));
    sink.end(bytes.subarray(10));
  });
  return id;
};
const addressOf = (id: string): string => reportUrl(school.files, { id, place }, reader);
const bearer = async (who: Parameters<FileSituation['token']>[0]) => ({
  authorization: `Bearer ${await school.token(who)}`,
});
const fetched = async (url: string): Promise<Response> => school.get(url, await bearer('registrar'));
const readings = (id: string) =>
  school.rows('select caller, unit, purpose, full_values from read_audit where operation = $1', [
    `report ${id}`,
  ]);

describe('the report of an import', () => {
  test(
    holds('PRV-13', 'is fetched as a file of neutral name, and who fetched it is written down'),
    async () => {
      const bytes = randomBytes(300_000);
      const id = await saved(bytes);
      const answer = await fetched(addressOf(id));
      expect(answer.status).toBe(200);
      expect(Object.fromEntries(answer.headers)).toMatchObject({
        'content-type': xlsx,
        'content-length': '300000',
        'content-disposition': 'attachment; filename="import-report.xlsx"',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
      expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
      expect(await readings(id)).toEqual([
        { caller: 'registrar-1', unit: '2114000001', purpose: 'IMPORT_REPORT', full_values: true },
      ]);
    },
  );

  test(breaks('PRV-13', 'is not given out when the reading cannot be written down'), async () => {
    const id = await saved(randomBytes(1_000));
    await school.asOwner('revoke insert on read_audit from xueji_enrollment_app');
    try {
      const answer = await fetched(addressOf(id));
      expect(answer.status).toBe(500);
      expect(await answer.json()).toMatchObject({ code: 'INTERNAL' });
    } finally {
      await school.asOwner('grant insert on read_audit to xueji_enrollment_app');
    }
    expect(await readings(id)).toEqual([]);
  });

  test('is not written down when it holds no personal data', async () => {
    const id = await saved(randomBytes(1_000), randomUUID(), false);
    expect((await fetched(addressOf(id))).status).toBe(200);
    expect(await readings(id)).toEqual([]);
  });

  test('is given to nobody else, and not after its time', async () => {
    const id = await saved(randomBytes(1_000));
    const url = addressOf(id);
    for (const who of ['stranger', 'colleague', 'teacher'] as const) {
      expect((await school.get(url, await bearer(who))).status).toBe(403);
    }
    expect((await fetched(url.replace(/t=.*/, 't=x'))).status).toBe(403);
    later(15);
    const answer = await fetched(url);
    expect([answer.status, await answer.json()]).toMatchObject([403, { code: 'LINK_EXPIRED' }]);
    expect(await readings(id)).toEqual([]);
  });

  test(
    breaks('PRV-14', 'is not given to an address alone, nor to a token of its reader that was given less'),
    async () => {
      const id = await saved(randomBytes(1_000));
      const url = addressOf(id);
      const anonymous = await school.get(url);
      expect([anonymous.status, await anonymous.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
      const claims = { sub: reader.subject, level: 'SCHOOL', school: reader.unit, roles: ['REGISTRAR'] };
      const scopes = ['student:read', 'student:identity', 'student:guardian', 'student:contact'];
      const lesser = [
        { ...claims, scope: '' },
        ...scopes.map((left) => ({ ...claims, scope: scopes.filter((each) => each !== left).join(' ') })),
        { ...claims, scope: scopes.join(' '), school: '2114000002' },
        { ...claims, scope: scopes.join(' '), roles: ['PRINCIPAL'] },
      ];
      for (const each of lesser) {
        const authorization = `Bearer ${await school.network.tokenFor(each)}`;
        expect((await school.get(url, { authorization })).status).toBe(403);
      }
      const enough = await school.network.tokenFor({ ...claims, scope: scopes.join(' ') });
      expect((await school.get(url, { authorization: `Bearer ${enough}` })).status).toBe(200);
    },
  );

  test('is replaced when the job writes it again', async () => {
    const before = (await school.stored()).length;
    const id = await saved(randomBytes(1_000));
    const second = randomBytes(2_000);
    await saved(second, id);
    const answer = await fetched(addressOf(id));
    expect(Buffer.from(await answer.arrayBuffer()).equals(second)).toBe(true);
    expect((await school.stored()).length).toBe(before + 1);
  });

  test('is not there when writing it failed', async () => {
    const before = await school.stored();
    const id = randomUUID();
    const failing = saveReport(
      school.files,
      { id, place, mediaType: csv, isPersonal: true },
      async (sink) => {
        sink.write(randomBytes(100_000));
        throw new Error('the workbook cannot be written');
      },
    );
    await expect(failing).rejects.toThrow('the workbook cannot be written');
    expect(await school.stored()).toEqual(before);
    expect(await (await fetched(addressOf(id))).json()).toMatchObject({ code: 'FILE_UNKNOWN' });
  });

  test('breaks off, and does not end well, when it was altered on the disk', async () => {
    const known = await school.stored();
    const id = await saved(randomBytes(300_000));
    const [path] = (await school.stored()).filter((each) => !known.includes(each));
    await writeFile(path ?? '', randomBytes(10), { flag: 'a' });
    const answer = await fetched(addressOf(id));
    await expect(answer.arrayBuffer()).rejects.toThrow();
  });
});

describe('the sweeper', () => {
  const table = () => Buffer.from(`姓名\r\n${randomBytes(500).toString('hex')}`);
  const known = async (id: string): Promise<boolean> =>
    (await school.rows('select 1 from upload where upload_id = $1', [id])).length === 1;

  test('forgets what never came or was refused, but not before its time, and keeps what came', async () => {
    const bytes = table();
    const [never, refused, kept] = [
      await school.announced('registrar', bytes),
      await school.announced('registrar', bytes),
      await school.announced('registrar', bytes),
    ];
    await school.put(refused.url, Buffer.from(bytes).fill('x', 0, 1));
    await school.put(kept.url, bytes);
    later(75);
    await sweepUploads(school.files);
    expect([await known(never.id), await known(refused.id), await known(kept.id)]).toEqual([
      true,
      true,
      true,
    ]);
    later(1);
    await sweepUploads(school.files);
    expect([await known(never.id), await known(refused.id), await known(kept.id)]).toEqual([
      false,
      false,
      true,
    ]);
    expect(await school.put(never.url, bytes)).toMatchObject({ status: 403, body: { code: 'LINK_EXPIRED' } });
  });

  test('removes a file whose writer is gone', async () => {
    const { storage, core } = school.files;
    const file = randomUUID();
    await school.rows(`insert into stored_file values ($1, $2, 'WRITING', $3)`, [
      file,
      place,
      core.clock.now(),
    ]);
    await storage.write(file, Readable.from([table()]));
    await sweepUploads(school.files);
    expect((await school.stored()).some((path) => path.endsWith(file))).toBe(true);
    later(61);
    await sweepUploads(school.files);
    expect((await school.stored()).some((path) => path.endsWith(file))).toBe(false);
    expect(await school.rows('select 1 from stored_file where file_id = $1', [file])).toEqual([]);
  });

  test('an upload that has served its purpose is forgotten with its file', async () => {
    const before = await school.stored();
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    await school.put(upload.url, bytes);
    await discardUpload(school.files, upload.id);
    await discardUpload(school.files, upload.id);
    expect(await known(upload.id)).toBe(false);
    expect(await school.stored()).toEqual(before);
  });

  test('uploads and reports go after thirty days; then nothing lies about', async () => {
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    await school.put(upload.url, bytes);
    await saved(randomBytes(100));
    later(30 * 24 * 60);
    await sweepUploads(school.files);
    expect(await known(upload.id)).toBe(true);
    later(1);
    await sweepUploads(school.files);
    await sweepUploads(school.files);
    expect(await school.stored()).toEqual([]);
    for (const name of ['upload', 'report', 'stored_file'])
      expect(await school.rows(`select 1 from ${name}`)).toEqual([]);
  });

  test('a school cannot announce without end what it does not send', async () => {
    for (let count = 0; count < 20; count++) await school.announced('registrar', table());
    expect(await school.announce('colleague', table())).toMatchObject({
      errors: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    expect((await school.announce('stranger', table())).errors).toEqual([]);
    later(15);
    expect((await school.announce('registrar', table())).errors).toEqual([]);
  });
});
