import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { holds } from '#test/support/rules.ts';
import { type ImportKind, importedRows } from './import-files.ts';
import { endProcesses, startProcess } from './own-process.ts';
import { plainTraces } from './plain-traces.ts';

const numbers = new Set(importedRows.flat().filter((cell) => /^\d{17}[\dX]$/.test(cell)));

let temp: string;
beforeEach(async () => {
  temp = await realpath(await mkdtemp(join(tmpdir(), 'import-traces-')));
});
afterEach(async () => {
  endProcesses();
  await rm(temp, { recursive: true, force: true });
});

/** Looks again and again while something is under way, and once more afterwards. */
const watched = async <T>(work: Promise<T>, look: () => Promise<string[]>) => {
  const state = { isOver: false };
  const over = () => {
    state.isOver = true;
  };
  work.then(over, over);
  const found: string[] = [];
  while (!state.isOver) found.push(...(await look()));
  return { result: await work, found: [...found, ...(await look())] };
};

test(
  holds(
    'PRV-16',
    'from the upload to the report, an import leaves no ID number in plain on the disk at any time',
  ),
  async () => {
    const kinds: readonly ImportKind[] = ['WORKBOOK', 'CSV'];
    const registry = startProcess('import-process.ts', kinds, temp);
    const filesDir = String(await registry.told());
    for (const kind of kinds) {
      const importing = registry.told();
      registry.goOn();
      const { result, found } = await watched(importing, () =>
        plainTraces(numbers, [temp, filesDir], registry.pid),
      );
      expect({ kind, found }).toEqual({ kind, found: [] });
      expect(result).toMatchObject({
        state: 'DONE',
        total: 60,
        reportUrl: expect.stringContaining('/reports/'),
      });
    }
    registry.goOn();
    expect(await registry.ended).toBe(0);
    expect(await plainTraces(numbers, [temp], registry.pid)).toEqual([]);
  },
);
