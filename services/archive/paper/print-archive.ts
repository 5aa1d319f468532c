import { z } from 'zod';
import { PaperCopyPrinted } from '#libs/contracts/events/archive.ts';
import { ARCHIVE_CATEGORIES } from '#libs/law/archive/categories.ts';
import { judgePaper } from '#libs/law/archive/paper.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { archiveFacts } from '../archives/told.ts';
import { judgeKeeper } from '../commands/file-by-hand.ts';
import { type Done, Order, onArchive } from '../commands/on-archive.ts';
import { insertPrint, printsOf } from './print-rows.ts';

const line = z.string().trim().min(1).max(200).nullish();
const Printing = Order.extend({
  categories: z.array(z.enum(ARCHIVE_CATEGORIES)).min(1).max(ARCHIVE_CATEGORIES.length),
  reason: line,
  keeper: line,
});

/** The registrar puts a print from the electronic archive on record, with what it is for and who keeps it (ARC-05). */
export const printArchive = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.print');
  const asked = parseInput(Printing, input);
  return onArchive({ core, caller, operation: 'printArchive' }, asked, async (work) => {
    const { tx, archive, place, today } = work;
    const { reason = null, keeper = null } = asked;
    const findings = [
      ...judgeKeeper(work),
      ...judgePaper({ stage: archive.stage, reason, keeper }, today, place),
    ];
    if (isStopped(findings)) return { findings };
    const number = (await printsOf(tx, [archive.person])).length + 1;
    const categories = [...new Set(asked.categories)];
    const print = { person: archive.person, number, categories, reason, keeper, printedOn: today };
    await insertPrint(tx, archive, print, caller.subject);
    const data = { ...archiveFacts(archive), print: number, printedOn: today };
    return { archive, told: [{ kind: PaperCopyPrinted, data }], findings };
  });
};
