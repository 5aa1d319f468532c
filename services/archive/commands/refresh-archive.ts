import { ArchiveRefreshed } from '#libs/contracts/events/archive.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { archiveFacts } from '../archives/told.ts';
import { judgeKeeper } from './file-by-hand.ts';
import { type Done, Order, onArchive } from './on-archive.ts';

/** The registrar of the school that keeps an archive has brought it up to date: at a term's opening, after a transfer (ARC-07). */
export const refreshArchive = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.enter');
  const asked = parseInput(Order, input);
  return onArchive({ core, caller, operation: 'refreshArchive' }, asked, async (work) => {
    const { archive, today } = work;
    const findings = judgeKeeper(work);
    if (isStopped(findings)) return { findings };
    const data = { ...archiveFacts(archive), refreshedOn: today };
    return {
      archive: { ...archive, refreshedOn: today },
      told: [{ kind: ArchiveRefreshed, data }],
      findings,
    };
  });
};
