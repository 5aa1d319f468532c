import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync } from 'node:fs';
import { join } from 'node:path';

const shared = '/dev/shm';
const GiB = 2 ** 30;

/** What must be free there and in the machine: a run writes some hundred megabytes at most. */
const least = { space: 2 * GiB, memory: 3 * GiB };

/** True where the folder is kept in memory and programs may be run from it. */
export const isInMemory = (folder: string, mounts: string): boolean =>
  mounts
    .split('\n')
    .map((line) => line.split(' '))
    .some(
      ([, at, type, flags = '']) => at === folder && type === 'tmpfs' && !flags.split(',').includes('noexec'),
    );

/**
 * A folder in memory that belongs to `folder` alone, where the system has one with enough room; `folder` itself
 * elsewhere. What a run of the tests writes is thrown away by the next one: a database for each suite, over a thousand
 * files each, which a disk is slow to make and to forget.
 */
export const inMemoryIfRoomy = (folder: string): string => {
  if (!existsSync(shared) || !existsSync('/proc/mounts')) return folder;
  if (!isInMemory(shared, readFileSync('/proc/mounts', 'utf8'))) return folder;
  const { bavail, bsize } = statfsSync(shared);
  if (bavail * bsize < least.space || process.availableMemory() < least.memory) return folder;
  const key = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(shared, `xueji-test-${process.getuid?.() ?? 0}-${key}`);
};
