import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { csvOf, FORM_HEADER, goodRows, inFormOrder } from '../fixtures/form-files.ts';
import { workbookOf } from '../fixtures/workbook-bytes.ts';
import { surveyTable } from '../survey.ts';
import { type ByteSource, bytesBetween, bytesSource, fileSource } from './byte-source.ts';
import { openTable } from './open-table.ts';

const BYTES = randomBytes(200_000);
const ROWS = [FORM_HEADER, ...goodRows(300).map(inFormOrder)];
const place = fc.oneof(fc.nat(BYTES.length), fc.constantFrom(0, 65_535, 65_536, 65_537, BYTES.length));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'source-test-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each<[string, () => Promise<ByteSource>]>([
  ['bytes in memory', async () => bytesSource(BYTES)],
  [
    'a file of this machine',
    async () => {
      const file = path.join(folder, 'bytes');
      await writeFile(file, BYTES);
      return fileSource(file);
    },
  ],
])('%s', (_, open) => {
  test('can be read from any place to any place', async () => {
    const source = await open();
    expect(source.size).toBe(BYTES.length);
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        expect((await buffer(source.stream(start, end))).equals(BYTES.subarray(start, end))).toBe(true);
      }),
      { numRuns: 60, seed: 20_250_901 },
    );
  });

  test('give what there is when more is asked for', async () => {
    const source = await open();
    expect((await bytesBetween(source, BYTES.length - 3, BYTES.length + 9)).length).toBe(3);
    expect((await bytesBetween(source, BYTES.length + 5, BYTES.length + 9)).length).toBe(0);
  });
});

test('a file that is not there is told', async () => {
  await expect(fileSource(path.join(folder, 'none'))).rejects.toMatchObject({ code: 'ENOENT' });
});

/** A source that fails wherever it is read at or beyond a place. */
const failingFrom = (bytes: Buffer, place: number, fault: Error): ByteSource => ({
  size: bytes.length,
  stream: (start, end) =>
    Readable.from(
      (async function* () {
        if (start < place) yield bytes.subarray(start, Math.min(end, place));
        if (end > place) throw fault;
      })(),
      { objectMode: false },
    ),
});

const readAll = async (source: ByteSource): Promise<void> => {
  const table = await openTable(source);
  try {
    await surveyTable(table);
  } finally {
    await table.close();
  }
};

describe.each<[string, () => Promise<Buffer>]>([
  ['a workbook', () => workbookOf({ sheets: [{ name: '表', rows: ROWS }], shared: true })],
  ['CSV', async () => Buffer.from(csvOf(ROWS))],
])('a fault of the source under %s', (_, file) => {
  test('comes out as it is, never as a fault of the file, wherever it lies', async () => {
    const bytes = await file();
    const fault = new Error('the storage cannot be read');
    for (let part = 0; part < 20; part += 1) {
      const place = Math.floor((bytes.length * part) / 20);
      await expect(readAll(failingFrom(bytes, place, fault))).rejects.toBe(fault);
    }
    await readAll(failingFrom(bytes, bytes.length, fault));
  });
});

test('every stream over a source is closed, also where a file is left early or refused', async () => {
  const workbook = await workbookOf({ sheets: [{ name: '表', rows: ROWS }], shared: true });
  const damaged = Buffer.from(workbook).fill(0xff, 2_000, 2_100);
  for (const bytes of [workbook, damaged, Buffer.from(csvOf(ROWS)), Buffer.from('nonsense')]) {
    const streams: Readable[] = [];
    const { size, stream } = bytesSource(bytes);
    const watched: ByteSource = {
      size,
      stream: (start, end) => {
        const made = stream(start, end);
        streams.push(made);
        return made;
      },
    };
    await openTable(watched).then(
      async (table) => {
        for await (const _row of table.rows()) break;
        await table.close();
      },
      () => undefined,
    );
    expect(streams.length).toBeGreaterThan(0);
    expect(streams.filter((each) => !each.destroyed)).toEqual([]);
  }
});
