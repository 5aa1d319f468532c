import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { DEMO_SCHOOLS } from '#deploy/demo/identities.ts';
import { csv, xlsx } from '#libs/platform/files/media-types.ts';
import {
  csvOf,
  FORM_HEADER,
  goodRows,
  inFormOrder,
} from '#services/enrollment/import/fixtures/form-files.ts';
import { workbookOf } from '#services/enrollment/import/fixtures/workbook-bytes.ts';
import { importWorkbook, type Registry, startRegistry } from '#test/support/registry.ts';
import { holds } from '#test/support/rules.ts';
import { filesBelow, openFilesBelow, plainAmong } from './plain-traces.ts';

const rows = goodRows(60, 2026).map((cells, at) =>
  inFormOrder(at % 10 === 3 ? { ...cells, gender: '' } : cells),
);
const numbers = new Set(rows.flat().filter((cell) => /^\d{17}[\dX]$/.test(cell)));

let registry: Registry;
beforeAll(async () => {
  registry = await startRegistry();
});
afterAll(() => registry?.stop());

/** In the storage, and in whatever this process holds open in the temp folder (others use that folder too). */
const traces = async (): Promise<string[]> => {
  const { FILES_DIR: storage = '' } = registry.network.service('enrollment').core.config;
  const stored = await filesBelow(storage);
  return plainAmong([...stored, ...(await openFilesBelow(await realpath(tmpdir()), process.pid))], numbers);
};

/** Looks for traces again and again while something is under way, and once more afterwards. */
const watched = async <T>(work: Promise<T>): Promise<{ result: T; found: string[] }> => {
  const state = { isOver: false };
  const over = () => {
    state.isOver = true;
  };
  work.then(over, over);
  const found: string[] = [];
  while (!state.isOver) found.push(...(await traces()));
  return { result: await work, found: [...found, ...(await traces())] };
};

test.each([
  [
    'a workbook',
    xlsx,
    () =>
      workbookOf({ sheets: [{ name: '表', rows: [FORM_HEADER, ...rows] }], shared: true, compress: false }),
  ],
  ['CSV', csv, async () => Buffer.from(csvOf([FORM_HEADER, ...rows]))],
])(
  holds('PRV-16', 'importing %s, report included, leaves no ID number in plain on the disk at any time'),
  async (key, mediaType, file) => {
    const bytes = await file();
    const order = { who: 'registrar', school: DEMO_SCHOOLS.taiyuanPrimary, bytes, key, mediaType };
    const { result, found } = await watched(importWorkbook(registry, order));
    expect(result).toMatchObject({ state: 'DONE', total: 60, good: 60 - result.bad });
    expect(result.bad).toBeGreaterThan(0);
    expect(result.reportUrl).toContain('/reports/');
    expect(found).toEqual([]);
  },
);
