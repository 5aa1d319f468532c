import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { dirname } from 'node:path';

/** A user and group by number. */
export interface Account {
  uid: number;
  gid: number;
}

/**
 * The account for a server that refuses root: nobody's, when this process is root, otherwise none (its own).
 * Existing data keep the account that owns them.
 */
export function serverAccount(data: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const owner = statSync(data, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Whether the account may pass into the folder, asked of the system itself (it also knows about ACLs). */
export function canEnter(account: Account | undefined, folder: string): boolean {
  if (!account) return true;
  const script = 'test -x "$1" && test -d "$1/."';
  const answer = spawnSync('/bin/sh', ['-c', script, 'test', folder], {
    cwd: '/',
    stdio: 'ignore',
    ...account,
  });
  return answer.status === 0;
}

/** The first folder on the way that the account may not enter. */
export function blockingFolder(account: Account | undefined, folder: string): string | undefined {
  const way = [folder];
  for (let at = folder; dirname(at) !== at; at = dirname(at)) way.unshift(dirname(at));
  return way.find((step) => !canEnter(account, step));
}

function idOf(flag: '-u' | '-g'): number {
  try {
    return Number(execFileSync('/usr/bin/id', [flag, 'nobody'], { encoding: 'utf8' }));
  } catch {
    return 65_534;
  }
}
