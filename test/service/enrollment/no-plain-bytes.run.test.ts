import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createFileEncryption } from '#libs/platform/files/encryption.ts';
import { localStorage } from '#libs/platform/files/local-storage.ts';
import {
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
} from '#services/enrollment/import/fixtures/form-files.ts';
import { workbookOf } from '#services/enrollment/import/fixtures/workbook-bytes.ts';
import type { ReadingLimits } from '#services/enrollment/import/reading/limits.ts';
import { breaks, holds } from '#test/support/rules.ts';
import { endProcesses, startProcess } from './own-process.ts';
import { openFilesBelow, plainTraces } from './plain-traces.ts';
import { type ReadingOrder, type Stage, sealingOf } from './reading-order.ts';

const rows = goodRows(2_500).map(inFormOrder);
const numbers = new Set(rows.flat().filter((cell) => /^\d{17}[\dX]$/.test(cell)));
const showsOpenFiles = existsSync('/proc/self/fd');
const page = 256 * 1024;

/** A workbook whose parts are not compressed: a copy of it would show its numbers. */
const workbook = () =>
  workbookOf({ sheets: [{ name: '表', rows: [FORM_HEADER, ...rows] }], shared: true, compress: false });
const table = async () => Buffer.from(csvOf([FORM_HEADER, ...rows]));

let root: string;
let place: { temp: string; files: string };
beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'traces-test-')));
});
beforeEach(async () => {
  place = { temp: join(root, randomUUID()), files: join(root, randomUUID()) };
  await mkdir(place.temp);
});
afterEach(endProcesses);
afterAll(() => rm(root, { recursive: true, force: true }));

/** Stores a file as an upload is stored, and reads it as an import does in a process with its own temp folder. */
const startReading = async (bytes: Buffer, limits: Partial<ReadingLimits>) => {
  const order: ReadingOrder = {
    filesDir: place.files,
    name: randomUUID(),
    key: randomBytes(32).toString('base64'),
    limits,
  };
  const encryption = createFileEncryption(sealingOf(order.key));
  await localStorage(place.files).write(
    order.name,
    encryption.encrypt(Readable.from([bytes], { objectMode: false }), order.name),
  );
  const reader = startProcess('reading-process.ts', order, place.temp);
  return {
    ...reader,
    reached: async (stage: Stage): Promise<void> => expect(await reader.told()).toBe(stage),
    traces: () => plainTraces(numbers, [place.temp, place.files], reader.pid),
  };
};

describe.each<[string, () => Promise<Buffer>, Partial<ReadingLimits>]>([
  ['a workbook whose texts do not fit into the memory', workbook, { residentStringBytes: 1 }],
  ['a workbook whose texts fit into the memory', workbook, {}],
  ['CSV', table, {}],
])('%s', (_, file, limits) => {
  const putsAside = limits.residentStringBytes !== undefined;

  test(
    holds(
      'PRV-16',
      'is read from its encrypted file, and no ID number lies in plain on the disk at any time',
    ),
    async () => {
      const reading = await startReading(await file(), limits);
      for (const stage of ['OPENED', 'SURVEYED', 'IN_THE_MIDDLE'] as const) {
        await reading.reached(stage);
        expect(await reading.traces()).toEqual([]);
        if (showsOpenFiles) {
          const [aside = null] = await openFilesBelow(place.temp, reading.pid);
          expect(aside !== null && (await readFile(aside)).length > 2 * page).toBe(putsAside);
        }
        reading.goOn();
      }
      await reading.reached('CLOSED');
      expect(await openFilesBelow(place.temp, reading.pid)).toEqual([]);
      expect(await readdir(place.temp)).toEqual([]);
      expect(await reading.traces()).toEqual([]);
      reading.goOn();
      expect(await reading.ended).toBe(0);
    },
  );

  test(breaks('PRV-16', 'leaves nothing to be read behind when the process dies over it'), async () => {
    const reading = await startReading(await file(), limits);
    for (const stage of ['OPENED', 'SURVEYED'] as const) {
      await reading.reached(stage);
      reading.goOn();
    }
    await reading.reached('IN_THE_MIDDLE');
    await reading.crash();
    expect(await reading.traces()).toEqual([]);
    if (process.platform !== 'win32') expect(await readdir(place.temp)).toEqual([]);
  });
});

describe('the search for ID numbers', () => {
  test.each([
    ['a workbook', workbook],
    ['CSV', table],
    ['texts one after the other', async () => Buffer.from(rows.flat().join(''))],
    ['UTF-16', async () => Buffer.from(rows.flat().join('\t'), 'utf16le')],
  ])('finds them in plain in %s, with and without a name', async (_, file) => {
    const path = join(place.temp, 'copy');
    await writeFile(path, await file());
    expect(await plainTraces(numbers, [place.temp], process.pid)).toEqual([path]);
    const handle = await open(path);
    await rm(path);
    const left = await plainTraces(numbers, [place.temp], process.pid);
    await handle.close();
    expect(left).toHaveLength(showsOpenFiles ? 1 : 0);
  });
});
