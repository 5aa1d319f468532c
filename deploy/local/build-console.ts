import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isCurrent } from '#gateway/console/build/sources.ts';

const program = fileURLToPath(new URL('../../gateway/console/build/main.ts', import.meta.url));

/** Folder from which the gateway serves the console unless told otherwise. */
export const consoleFolder = fileURLToPath(new URL('../../.local/console', import.meta.url));

/**
 * Builds the console where its sources are others than those that were built, in a process of its own: some seconds
 * beside the start. Resolves with what failed; without a console everything else runs.
 */
export async function buildConsoleWhereStale(folder = consoleFolder): Promise<string | undefined> {
  if (await isCurrent(folder)) return undefined;
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, '--out', join(folder)],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let said = '';
  child.stderr.on('data', (chunk) => {
    said += chunk;
  });
  const [code] = await once(child, 'close');
  return code === 0 ? undefined : `The console could not be built:\n${said.trim()}`;
}
