import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { AWARD_LEVELS, judgeAward } from '#libs/law/archive/awards.ts';
import { judgeCategory } from '#libs/law/archive/categories.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { fileEntry } from '../entries/file-entry.ts';
import { filedByHand, judgeKeeper } from './file-by-hand.ts';
import { type Done, Order, onArchive } from './on-archive.ts';
import { dayAhead } from './own-finding.ts';

const Awarding = Order.extend({
  level: z.enum(AWARD_LEVELS),
  title: z.string().trim().min(1).max(200),
  awardedOn: Day,
});

/** The registrar of the school that keeps the archive enters an award; in Shanxi from school level up it must (ARC-17). */
export const recordAward = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.enter');
  const asked = parseInput(Awarding, input);
  return onArchive({ core, caller, operation: 'recordAward' }, asked, async (work) => {
    const { archive, place, today } = work;
    const { level, awardedOn: occurredOn } = asked;
    const facts = { level, stage: archive.stage };
    const findings = [
      ...judgeKeeper(work),
      ...(occurredOn > today ? [dayAhead] : []),
      ...judgeAward(facts, today, place),
      ...judgeCategory({ kind: 'AWARD', category: 'AWARDS', stage: archive.stage }, today, place),
    ];
    if (isStopped(findings)) return { findings };
    const said = { key: asked.idempotencyKey, kind: 'AWARD' as const, occurredOn, level, words: asked.title };
    const filed = await fileEntry(work.tx, archive, filedByHand(work, said));
    return { ...filed, findings };
  });
};
