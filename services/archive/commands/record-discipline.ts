import { z } from 'zod';
import { Day } from '#libs/contracts/ids.ts';
import { DISCIPLINE_LEVELS, judgeDisciplineEntry } from '#libs/law/archive/discipline.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { insertMeasure, measuresOf, revokeMeasure } from '../discipline/measure-rows.ts';
import { fileEntry } from '../entries/file-entry.ts';
import { filedByHand, judgeKeeper } from './file-by-hand.ts';
import { type Done, Order, onArchive } from './on-archive.ts';
import { dayAhead, endsTooEarly, measureUnknown } from './own-finding.ts';

const Recording = Order.extend({
  level: z.enum(DISCIPLINE_LEVELS),
  decidedOn: Day,
  endsOn: Day.nullish(),
});
const Revoking = Order.extend({ entry: z.int().min(1), revokedOn: Day });

/** The head of the school that keeps the archive enters a measure of demerit or above (ARC-18); it stands against a transfer (TRF-19). */
export const recordDiscipline = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.discipline');
  const asked = parseInput(Recording, input);
  return onArchive({ core, caller, operation: 'recordDiscipline' }, asked, async (work) => {
    const { tx, archive, place, today } = work;
    const { level, decidedOn } = asked;
    const endsOn = asked.endsOn ?? null;
    const findings = [
      ...judgeKeeper(work),
      ...(decidedOn > today ? [dayAhead] : []),
      ...(endsOn !== null && endsOn < decidedOn ? [endsTooEarly] : []),
      ...judgeDisciplineEntry({ level, stage: archive.stage }, today, place),
    ];
    if (isStopped(findings)) return { findings };
    const said = { key: asked.idempotencyKey, kind: 'DISCIPLINE' as const, occurredOn: decidedOn, level };
    const filed = await fileEntry(tx, archive, filedByHand(work, said));
    await insertMeasure(tx, archive, { entry: filed.entry, level, decidedOn, endsOn, revokedOn: null });
    const after = { ...filed.archive, standing: archive.standing + 1 };
    return { archive: after, told: filed.told, findings };
  });
};

/** The head of the school revokes a measure: from that day on it stands no more; its entry stays, and another says so (ARC-25). */
export const revokeDiscipline = (core: ServiceCore, actor: Actor | null, input: unknown): Promise<Done> => {
  const caller = authorize(actor, 'archive.discipline');
  const asked = parseInput(Revoking, input);
  return onArchive({ core, caller, operation: 'revokeDiscipline' }, asked, async (work) => {
    const { tx, archive, today } = work;
    const measure = (await measuresOf(tx, archive.person)).find(({ entry }) => entry === asked.entry);
    const findings = [
      ...judgeKeeper(work),
      ...(asked.revokedOn > today ? [dayAhead] : []),
      ...(measure === undefined || measure.revokedOn !== null ? [measureUnknown] : []),
      ...(measure && asked.revokedOn < measure.decidedOn ? [endsTooEarly] : []),
    ];
    if (measure === undefined || isStopped(findings)) return { findings };
    const said = { key: asked.idempotencyKey, kind: 'DISCIPLINE' as const, corrects: measure.entry };
    const filing = filedByHand(work, { ...said, occurredOn: asked.revokedOn, level: measure.level });
    const filed = await fileEntry(tx, archive, filing);
    await revokeMeasure(tx, archive.person, measure.entry, asked.revokedOn);
    const after = { ...filed.archive, standing: archive.standing + 1 };
    return { archive: after, told: filed.told, findings };
  });
};
