import { isInMemory } from './memory-folder.ts';

const mounts = (type: string, flags: string): string =>
  ['/dev/vda / ext4 rw,relatime 0 0', `tmpfs /dev/shm ${type} ${flags} 0 0`, ''].join('\n');

test('a folder in memory is taken, one on a disk or closed to programs is not', () => {
  expect(isInMemory('/dev/shm', mounts('tmpfs', 'rw,relatime'))).toBe(true);
  expect(isInMemory('/dev/shm', mounts('ext4', 'rw,relatime'))).toBe(false);
  expect(isInMemory('/dev/shm', mounts('tmpfs', 'rw,nosuid,nodev,noexec'))).toBe(false);
  expect(isInMemory('/run/shm', mounts('tmpfs', 'rw,relatime'))).toBe(false);
});
