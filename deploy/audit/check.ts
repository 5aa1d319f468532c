import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { serverAddress, whyNot } from '#deploy/local/addresses.ts';
import { Failure } from '#deploy/local/failure.ts';
import type { Anchor } from '#libs/platform/audit/chain.ts';
import { connectDatabase } from '#libs/platform/database/orm.ts';
import { type Verdict, verifyAudit } from './verify.ts';

const AnchorFile = z.object({ seq: z.int().min(0), hash: z.string() });

/**
 * Checks one access log and moves its anchor on when nothing is wrong with it. Throws `Failure` where the database
 * cannot be reached or the anchor cannot be read.
 * @param url of the worker role
 */
export async function checkLog(url: string, anchor: string | undefined): Promise<Verdict> {
  const { host } = serverAddress('postgres', '--database', url);
  const kept = anchor === undefined ? undefined : readAnchor(anchor);
  const unread = (error: unknown): never => {
    throw new Failure(`The access log at ${host} cannot be read: ${whyNot(error)}`, 'Does the registry run?');
  };
  const orm = await connectDatabase({ url, entities: [], poolSize: 1 }).catch(unread);
  try {
    const verdict = await verifyAudit(orm, kept).catch(unread);
    if (anchor !== undefined && verdict.faults.length === 0) writeAnchor(anchor, verdict.anchor);
    return verdict;
  } finally {
    await orm.close();
  }
}

function readAnchor(file: string): Anchor | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return AnchorFile.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new Failure(
      `${file} holds no anchor. Without it nobody can tell whether the end of the log was cut off.`,
    );
  }
}

function writeAnchor(file: string, anchor: Anchor): void {
  try {
    writeFileSync(`${file}.part`, JSON.stringify(anchor), { mode: 0o600 });
    renameSync(`${file}.part`, file);
  } catch (error) {
    throw new Failure(`The anchor cannot be kept in ${file}: ${whyNot(error)}`);
  }
}
