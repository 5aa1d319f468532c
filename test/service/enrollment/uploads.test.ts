import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import { emptyPaper } from '#deploy/demo/paper.ts';
import { emptyScope, type Scope } from '#libs/platform/database/scope.ts';
import { readFile as readStored } from '#libs/platform/files/stored-files.ts';
import { acceptedUpload, openUploadAnywhere } from '#libs/platform/files/uploads.ts';
import { pdfOf } from '#test/support/files/pdf-bytes.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { type FileSituation, place, sha256, startFileSituation } from './file-situation.ts';

let school: FileSituation;
beforeAll(async () => {
  school = await startFileSituation();
});
afterAll(() => school?.stop());

/** A CSV file that no other test has. */
const table = (size = 150_000): Buffer =>
  Buffer.from(`姓名,性别\r\n${randomBytes(size).toString('hex')}`).subarray(0, size);
const stream = (bytes: Uint8Array): ReadableStream => new Blob([new Uint8Array(bytes)]).stream();
const read = async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
  const all: Buffer[] = [];
  for await (const piece of source) all.push(piece);
  return Buffer.concat(all);
};
/** The plain bytes of an upload from their beginning, as a worker or within a scope. */
const openUpload = async (id: string, scope?: Scope): Promise<AsyncIterable<Buffer>> =>
  readStored(school.files, (await acceptedUpload(school.files, id, scope)).file);
const fileOf = async (upload: string): Promise<string> => {
  const [row] = await school.rows<{ file_id: string }>('select file_id from upload where upload_id = $1', [
    upload,
  ]);
  const [path] = (await school.stored()).filter((each) => row && each.endsWith(row.file_id));
  return path ?? '';
};
const stateOf = async (upload: string): Promise<string | undefined> =>
  (await school.complete('registrar', upload)).data?.completeUpload.upload?.state;

describe('a file that a school hands in', () => {
  test(holds('PRV-12', 'is announced, sent, checked and read by its own school'), async () => {
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    expect(upload).toMatchObject({ state: 'REQUESTED', expiresAt: '2026-03-02T09:15:00.000+08:00' });
    expect(await stateOf(upload.id)).toBe('REQUESTED');
    expect(await school.put(upload.url, bytes)).toEqual({
      status: 201,
      body: { id: upload.id, state: 'RECEIVED' },
    });
    expect(await stateOf(upload.id)).toBe('ACCEPTED');
    expect(await stateOf(upload.id)).toBe('ACCEPTED');
    expect((await read(await openUpload(upload.id))).equals(bytes)).toBe(true);
    const anywhere = await openUploadAnywhere(school.files, upload.id, { lo: place, hi: place, persons: [] });
    expect((await read(anywhere.stream(100_000, 100_010))).equals(bytes.subarray(100_000, 100_010))).toBe(
      true,
    );
  });

  test(breaks('PRV-12', 'is out of reach for another school, another level and another role'), async () => {
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    const refused = { errors: [{ extensions: { code: 'OUT_OF_JURISDICTION' } }] };
    expect(await school.complete('stranger', upload.id)).toMatchObject(refused);
    expect(await school.complete('teacher', upload.id)).toMatchObject(refused);
    expect(await school.announce('stranger', bytes, { school: '2114000001' })).toMatchObject(refused);
    expect(await school.announce('teacher', bytes)).toMatchObject(refused);
    await school.put(upload.url, bytes);
    await stateOf(upload.id);
    await expect(openUpload(upload.id, emptyScope)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test(holds('PRV-16', 'lies on the disk encrypted, and its name is kept nowhere'), async () => {
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    await school.put(upload.url, bytes);
    const lying = await readFile(await fileOf(upload.id));
    expect(lying.includes(bytes.subarray(0, 20))).toBe(false);
    const rows = await school.rows<Record<string, unknown>>('select * from upload, idempotency');
    expect(JSON.stringify(rows)).not.toContain('张三');
  });

  test(breaks('PRV-16', 'is refused and removed when it was altered on the disk'), async () => {
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    await school.put(upload.url, bytes);
    const path = await fileOf(upload.id);
    const lying = await readFile(path);
    lying[5_000] = (lying[5_000] ?? 0) ^ 1;
    await writeFile(path, lying);
    expect(await stateOf(upload.id)).toBe('REFUSED');
    expect(await school.stored()).not.toContain(path);
    expect(await school.rows('select refusal from upload where upload_id = $1', [upload.id])).toEqual([
      { refusal: 'STORED_FILE_DAMAGED' },
    ]);
  });

  test('is the same one when it is announced again under the same key', async () => {
    const bytes = table();
    const key = { idempotencyKey: uuidv7() };
    const [first, again] = [
      await school.announced('registrar', bytes, key),
      await school.announced('registrar', bytes, key),
    ];
    expect(again.id).toBe(first.id);
    expect(await school.announce('registrar', table(), key)).toMatchObject({
      errors: [{ extensions: { code: 'IDEMPOTENCY_KEY_REUSED' } }],
    });
    expect((await school.put(again.url, bytes)).status).toBe(201);
  });

  test('is not announced with a wrong type, size or checksum; all of it is said at once', async () => {
    const wrong = { mediaType: 'text/html', size: 209_715_201, sha256: 'x', name: '' };
    const { errors } = await school.announce('registrar', table(), wrong);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
    const problems = errors[0]?.extensions.problems as { path: string[]; code: string }[];
    expect(problems.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['name', 'TOO_SMALL'],
      ['mediaType', 'MEDIA_TYPE_NOT_ALLOWED'],
      ['size', 'TOO_BIG'],
      ['sha256', 'INVALID_FORMAT'],
    ]);
    const largest = await school.announce('registrar', table(), { size: 209_715_200 });
    expect(largest.errors).toEqual([]);
  });
});

describe('the address of an upload', () => {
  test('is good for its upload only, and cannot be made up', async () => {
    const bytes = table();
    const [one, other] = [
      await school.announced('registrar', bytes),
      await school.announced('registrar', bytes),
    ];
    const [path] = one.url.split('?');
    const query = other.url.split('?')[1];
    for (const url of [`${path}`, `${path}?t=`, `${path}?t=abc`, `${path}?${query}`]) {
      expect(await school.put(url, bytes)).toMatchObject({ status: 403, body: { code: 'LINK_INVALID' } });
    }
    expect(await stateOf(one.id)).toBe('REQUESTED');
  });

  test('does not serve another person who has signed in', async () => {
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    const as = async (who: 'registrar' | 'colleague') => ({
      authorization: `Bearer ${await school.token(who)}`,
    });
    expect(await school.put(upload.url, bytes, await as('colleague'))).toMatchObject({ status: 403 });
    expect(await school.put(upload.url, bytes, { authorization: 'Bearer nonsense' })).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHENTICATED' },
    });
    const seen = (await school.complete('colleague', upload.id)).data?.completeUpload.upload;
    expect(await school.put(seen?.url ?? '', bytes)).toMatchObject({ status: 403 });
    expect(await school.put(upload.url, bytes, await as('registrar'))).toMatchObject({ status: 201 });
  });

  test('takes nothing but PUT', async () => {
    const { url } = await school.announced('registrar', table());
    const answer = await school.get(url);
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'PUT']);
  });
});

describe('what arrives', () => {
  const refusals: [string, (bytes: Buffer) => Uint8Array, number, string][] = [
    ['longer than announced', (bytes) => Buffer.concat([bytes, Buffer.from('x')]), 413, 'FILE_TOO_LARGE'],
    ['shorter than announced', (bytes) => bytes.subarray(1), 422, 'FILE_SIZE_DIFFERS'],
    [
      'different from what was announced',
      (bytes) => Buffer.from(bytes).fill('x', 0, 1),
      422,
      'FILE_CHECKSUM_DIFFERS',
    ],
    ['of another type', (bytes) => Buffer.from(bytes).fill(0, 0, 4), 415, 'FILE_TYPE_NOT_SUPPORTED'],
  ];

  test.each(refusals)('is refused for good and removed when it is %s', async (_, change, status, code) => {
    const bytes = table();
    const before = await school.stored();
    const upload = await school.announced('registrar', bytes);
    expect(await school.put(upload.url, stream(change(bytes)))).toMatchObject({ status, body: { code } });
    expect(await stateOf(upload.id)).toBe('REFUSED');
    expect(await school.stored()).toEqual(before);
    expect(await school.put(upload.url, bytes)).toMatchObject({
      status: 409,
      body: { code: 'UPLOAD_ALREADY_REFUSED' },
    });
  });

  test('is not even read when the headers tell that it does not fit, and can be sent again', async () => {
    const bytes = table();
    const upload = await school.announced('registrar', bytes);
    expect(await school.put(upload.url, Buffer.alloc(150_001))).toMatchObject({ status: 413 });
    expect(await school.put(upload.url, Buffer.alloc(149_999))).toMatchObject({ status: 422 });
    expect(await school.put(upload.url, bytes, { 'content-encoding': 'gzip' })).toMatchObject({
      status: 415,
      body: { code: 'CONTENT_ENCODING_NOT_SUPPORTED' },
    });
    expect(await school.put(upload.url, bytes)).toMatchObject({ status: 201 });
  });

  test('is answered for while it is still being sent', async () => {
    const bytes = table(30_000_000).fill(0, 0, 4);
    const upload = await school.announced('registrar', bytes);
    expect(await school.put(upload.url, bytes)).toMatchObject({
      status: 415,
      body: { code: 'FILE_TYPE_NOT_SUPPORTED' },
    });
  });

  test('leaves nothing when it breaks off, and can be sent again', async () => {
    const bytes = table(2_000_000);
    const writing = () => school.rows(`select 1 from stored_file where state <> 'KEPT'`);
    const before = await school.stored();
    const upload = await school.announced('registrar', bytes);
    await school.putAndLeave(upload.url, bytes.subarray(0, 1_500_000), bytes.length, () =>
      school.until('it is being written', async () => (await writing()).length > 0),
    );
    await school.until('nothing is being written', async () => (await writing()).length === 0);
    expect(await school.stored()).toEqual(before);
    expect(await stateOf(upload.id)).toBe('REQUESTED');
    expect(await school.put(upload.url, bytes)).toMatchObject({ status: 201 });
    expect(await stateOf(upload.id)).toBe('ACCEPTED');
  });

  test('is taken once when it is sent twice at the same time', async () => {
    const bytes = table(1_000_000);
    const before = await school.stored();
    const upload = await school.announced('registrar', bytes);
    const answers = await Promise.all([1, 2, 3].map(() => school.put(upload.url, bytes)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
    expect(answers.filter(({ status }) => status === 409).map(({ body }) => body.code)).toEqual([
      'UPLOAD_ALREADY_RECEIVED',
      'UPLOAD_ALREADY_RECEIVED',
    ]);
    expect((await school.stored()).length).toBe(before.length + 1);
    expect((await read(await openUploadOf(upload.id))).equals(bytes)).toBe(true);
  });

  const openUploadOf = async (id: string) => {
    await stateOf(id);
    return openUpload(id);
  };

  test('may have any size up to the limit, in pieces', async () => {
    for (const size of [1, 65_535, 65_536, 65_537, 5_000_000]) {
      const bytes = table(size).fill('a', 0, 1);
      const upload = await school.announced('registrar', bytes, { sha256: sha256(bytes).toUpperCase() });
      expect(await school.put(upload.url, stream(bytes))).toMatchObject({ status: 201 });
      expect((await read(await openUploadOf(upload.id))).equals(bytes)).toBe(true);
    }
  });

  test('is not to be had under an id that was never given out', async () => {
    expect((await school.get(`http://127.0.0.1:4000/uploads/${randomUUID()}x?t=1`)).status).toBe(404);
    await expect(openUpload(randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a paper', () => {
  const handedIn = async (bytes: Buffer, changes: Record<string, unknown>): Promise<unknown> => {
    const upload = await school.announced('registrar', bytes, { purpose: 'EVIDENCE', ...changes });
    await school.put(upload.url, bytes);
    await stateOf(upload.id);
    const [row] = await school.rows('select state, refusal from upload where upload_id = $1', [upload.id]);
    return row;
  };
  const pdf = { mediaType: 'application/pdf' };

  test('is accepted when it shows something and does nothing', async () => {
    expect(await handedIn(emptyPaper('a'), pdf)).toEqual({ state: 'ACCEPTED', refusal: null });
  });

  test.each<[string, Buffer, string]>([
    ['holds a script', pdfOf({ catalog: '/OpenAction << /S /JavaScript /JS (1) >>' }), 'PDF_ACTIVE'],
    ['is cut off', emptyPaper('b').subarray(0, -30), 'FILE_CUT_OFF'],
    ['is something else as well', Buffer.concat([emptyPaper('c'), Buffer.from('PK')]), 'FILE_AMBIGUOUS'],
  ])('is refused with a clear word, and removed, when it %s', async (_, bytes, refusal) => {
    const before = await school.stored();
    expect(await handedIn(bytes, pdf)).toEqual({ state: 'REFUSED', refusal });
    expect(await school.stored()).toEqual(before);
  });

  test('in SVG is not even announced, nor taken under another name', async () => {
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>');
    expect(
      await school.announce('registrar', svg, { purpose: 'EVIDENCE', mediaType: 'image/svg+xml' }),
    ).toMatchObject({
      errors: [{ extensions: { problems: [{ code: 'MEDIA_TYPE_NOT_ALLOWED' }] } }],
    });
    for (const mediaType of ['image/png', 'text/csv'])
      expect(
        await handedIn(
          svg,
          mediaType === 'text/csv' ? { purpose: 'REGISTRATION_IMPORT', mediaType } : { mediaType },
        ),
      ).toEqual({ state: 'REFUSED', refusal: 'FILE_TYPE_NOT_SUPPORTED' });
  });
});
