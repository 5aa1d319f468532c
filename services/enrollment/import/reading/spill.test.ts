import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, readlinkSync, writeSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Spill } from './spill.ts';

const PAGE = 4_096;
const OPEN_FILES = '/proc/self/fd';
const onPosix = process.platform === 'win32' ? test.skip : test;
/** Where the system shows files without a name. */
const onLinux = existsSync(OPEN_FILES) ? test : test.skip;

let folder: string;
let spill: Spill;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'spill-test-'));
  spill = new Spill(folder, PAGE);
});
afterEach(async () => {
  spill.close();
  await rm(folder, { recursive: true });
});

/** The file that this process holds open in the folder, by a path that works without its name. */
function openFile(): string {
  const found = readdirSync(OPEN_FILES).find((each) =>
    readlinkSync(path.join(OPEN_FILES, each), { encoding: 'utf8' }).startsWith(folder),
  );
  return path.join(OPEN_FILES, found ?? 'none');
}

describe('pages put aside', () => {
  test('come back as they were, in any order and more than once', () => {
    const pages = Array.from({ length: 5 }, () => randomBytes(PAGE));
    expect(pages.map((page) => spill.add(page))).toEqual([0, 1, 2, 3, 4]);
    for (const at of [4, 0, 2, 2, 1, 3])
      expect(spill.page(at).equals(pages[at] ?? Buffer.alloc(0))).toBe(true);
  });

  test('are all of one size', () => {
    expect(() => spill.add(Buffer.alloc(PAGE - 1))).toThrow(RangeError);
  });

  test('are not made up where there is none', () => {
    spill.add(randomBytes(PAGE));
    expect(() => spill.page(1)).toThrow();
  });

  onPosix('lie in a file without a name', async () => {
    spill.add(randomBytes(PAGE));
    expect(await readdir(folder)).toEqual([]);
  });

  onLinux('cannot be read on the disk, nor be told to be equal', () => {
    const page = Buffer.alloc(PAGE, '140105201905060012');
    spill.add(page);
    spill.add(page);
    const lying = readFileSync(openFile());
    expect(lying.length).toBeGreaterThan(2 * PAGE);
    expect(lying.includes('1401052019')).toBe(false);
    expect(lying.subarray(0, PAGE).equals(lying.subarray(lying.length / 2, lying.length / 2 + PAGE))).toBe(
      false,
    );
  });

  onLinux('are refused when the disk gives back something else', () => {
    spill.add(randomBytes(PAGE));
    const file = openFile();
    const [first = 0] = readFileSync(file);
    const descriptor = openSync(file, 'r+');
    writeSync(descriptor, Buffer.from([first ^ 1]), 0, 1, 0);
    closeSync(descriptor);
    expect(() => spill.page(0)).toThrow();
  });
});
