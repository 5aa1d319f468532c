import { type HeldPaper, holdEvidence } from '#libs/contracts/commands/hold-evidence.ts';
import type { Actor } from '../actor/actor.ts';
import { ask } from '../commands/internal.ts';
import type { Tx } from '../database/orm.ts';
import { query } from '../database/query.ts';
import { badInput, outOfJurisdiction, unavailable } from '../errors/errors.ts';
import type { ServiceCore } from '../service/definition.ts';

type Core = Pick<ServiceCore, 'bus' | 'directory' | 'sealing'>;

/** A request with papers: who sends it, under which key, and the uploads it names. */
export type PaperOrder = { caller: Actor; key: string; uploads: readonly string[] };

const notReady = (index: number) => ({
  path: ['evidence', String(index), 'upload'],
  code: 'UPLOAD_NOT_ACCEPTED',
  message:
    '该文件尚未上传完成、未通过核对、不是本单位上传，或已用于其他办理。 The file has not arrived, did not pass, is not of this workplace, or was used already.',
});

/**
 * Holds uploads of the caller's own workplace for one request, as whoever keeps the files knows them. Throws
 * BAD_USER_INPUT naming every upload that cannot be had; none is held then.
 */
const hold = async (core: Core, { caller, key, uploads }: PaperOrder): Promise<HeldPaper[]> => {
  const workplace = await core.directory.workplaceOf(caller);
  if (workplace === undefined) throw outOfJurisdiction();
  const holder = core.sealing.hash('evidence-holder', `${caller.subject}|${key}`).toString('hex');
  const { papers } = await ask(core.bus, holdEvidence, {
    holder,
    place: workplace.lo,
    uploads: [...uploads],
  });
  const missing = papers.flatMap((paper, index) => (paper === null ? [notReady(index)] : []));
  if (missing.length > 0) throw badInput(missing);
  return papers.filter((paper) => paper !== null);
};

const wasSentBefore = async (tx: Tx, { caller, key }: PaperOrder): Promise<boolean> =>
  (await query(tx, 'select 1 from idempotency where caller = $1 and key = $2', [caller.subject, key]))
    .length > 0;

/**
 * Holds the papers of a request that the law lets through, before the transaction that needs them: a file whose request
 * is refused stays free. `rehearse` runs in a transaction of its own, without effect. Nothing is held where the request
 * was sent before, or is refused; the request itself answers then.
 */
export const holdForRequest = async (
  core: Core,
  order: PaperOrder,
  inOwnScope: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>,
  rehearse: (tx: Tx) => Promise<readonly { outcome: string }[]>,
): Promise<readonly HeldPaper[]> => {
  if (order.uploads.length === 0) return [];
  const mayHold = await inOwnScope(async (tx) => {
    if (await wasSentBefore(tx, order)) return false;
    return (await rehearse(tx)).every(({ outcome }) => outcome !== 'REJECT');
  });
  return mayHold ? hold(core, order) : [];
};

/** The held papers with what they are said to be; throws SERVICE_UNAVAILABLE where the request changed meanwhile. */
export const papersOf = <Paper extends { upload: string }>(
  held: readonly HeldPaper[],
  handed: readonly Paper[],
): (HeldPaper & Paper)[] =>
  handed.map((paper) => {
    const found = held.find(({ upload }) => upload === paper.upload);
    if (found === undefined) throw unavailable('evidence');
    return { ...found, ...paper };
  });
