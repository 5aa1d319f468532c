import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { schoolYearOn } from '#libs/law/enrollment/grade.ts';
import { realClock } from '#libs/platform/clock/clock.ts';
import { openTable } from '#services/enrollment/import/reading/open-table.ts';

const program = fileURLToPath(new URL('./workbook.ts', import.meta.url));

const run = async (...args: string[]) => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  return { code: child.exitCode, stdout, stderr };
};

describe('npm run demo:workbook', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'demo-workbook-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test('makes the folder that is missing, and pupils who enter in the school year that runs', async () => {
    const file = join(folder, 'a', 'b', 'pupils.xlsx');
    expect(await run('--rows', '3', '--bad', '0', '--out', file)).toMatchObject({ code: 0, stderr: '' });
    const table = await openTable(file);
    const running = schoolYearOn(new Date(realClock.now()));
    expect(table.header.rows[0]?.cells.join('')).toContain(`${running}年新生`);
    await table.close();
  });

  test.each([
    ['a place that cannot be written', (path: string) => ['--out', path]],
    ['a count that is none', () => ['--rows', 'many']],
  ])('says in one line what is wrong with %s', async (_, args) => {
    const { code, stderr } = await run(...args(folder));
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
