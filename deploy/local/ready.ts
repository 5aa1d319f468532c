import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** `.local/ready.json`: there while the graph answers, for programs that wait for it. */
export const Ready = z.object({
  graphUrl: z.string(),
  identities: z.array(z.object({ name: z.string(), level: z.string(), token: z.string() })),
  pids: z.array(z.number().int()),
});
export type Ready = z.infer<typeof Ready>;

/** Written whole or not at all, and readable by this user only: it holds tokens. */
export function writeReady(file: string, ready: Ready): void {
  writeFileSync(`${file}.part`, `${JSON.stringify(ready, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

export function readReady(file: string): Ready | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return Ready.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data;
  } catch {
    return undefined;
  }
}

export function removeReady(file: string): void {
  rmSync(file, { force: true });
}
