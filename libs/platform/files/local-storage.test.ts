import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { localStorage } from './local-storage.ts';
import type { FileStorage } from './storage.ts';

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

describe('a folder of files', () => {
  let folder: string;
  let storage: FileStorage;
  const pathOf = (name: string) => join(folder, name.slice(0, 2), name.slice(2, 4), name);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'storage-'));
    storage = localStorage(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is read by nobody else on the machine', async () => {
    const name = randomUUID();
    await storage.write(name, once(randomBytes(10)));
    expect((await stat(pathOf(name))).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, name.slice(0, 2)))).mode & 0o777).toBe(0o700);
  });

  it('is not ready where it cannot be', async () => {
    const file = join(folder, 'a-file');
    await writeFile(file, '');
    await expect(localStorage(join(file, 'below')).probe()).rejects.toThrow();
  });

  it('lists nothing of what is not its own', async () => {
    await writeFile(join(folder, 'README'), '');
    const name = randomUUID();
    await storage.write(name, once(randomBytes(1)));
    await writeFile(join(folder, name.slice(0, 2), name.slice(2, 4), 'lost+found'), '');
    const listed: string[] = [];
    for await (const each of storage.list()) listed.push(each);
    expect(listed).toEqual([name]);
  });

  const descriptors = '/proc/self/fd';
  (existsSync(descriptors) ? it : it.skip)('closes a file whose reader stops early', async () => {
    const name = randomUUID();
    await storage.write(name, once(randomBytes(1_000_000)));
    const stream = await storage.read(name);
    const closed = new Promise((resolve) => stream.once('close', resolve));
    for await (const _ of stream) break;
    await closed;
    const open = await Promise.all(
      (await readdir(descriptors)).map((each) => readlink(join(descriptors, each)).catch(() => '')),
    );
    expect(open.filter((path) => path.includes(name))).toEqual([]);
  });
});
