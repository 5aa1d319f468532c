import { z } from 'zod';
import { Day, isUuid } from '#libs/contracts/ids.ts';
import { ARCHIVE_CATEGORIES, ARCHIVE_ITEM_KINDS, judgeCategory } from '#libs/law/archive/categories.ts';
import { judgeEntryAct } from '#libs/law/archive/integrity.ts';
import { judgeSpecializedEducation } from '#libs/law/archive/specialized-education.ts';
import { isStopped } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { askApplicant } from '#libs/platform/commands/ask-applicant.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { fileEntry } from '../entries/file-entry.ts';
import { filedByHand, judgeKeeper } from './file-by-hand.ts';
import { type Done, Order, onArchive, type Work } from './on-archive.ts';
import { dayAhead, entryUnknown } from './own-finding.ts';

const Adding = Order.extend({
  kind: z.enum(ARCHIVE_ITEM_KINDS.filter((kind) => kind !== 'DISCIPLINE')),
  category: z.enum(ARCHIVE_CATEGORIES),
  occurredOn: Day,
  words: z.string().trim().min(1).max(1_000),
  tellsOfSpecializedEducation: z.boolean(),
  corrects: z.int().min(1).nullish(),
});

/** The day of birth, asked of its owner only where the law depends on the age, and before anything is locked. */
const birthDateFor = async (core: ServiceCore, asked: z.infer<typeof Adding>): Promise<string | null> => {
  if (!asked.tellsOfSpecializedEducation || !isUuid(asked.student)) return null;
  const applicant = await askApplicant(core, asked.student);
  if (applicant === null) throw outOfJurisdiction();
  return applicant.birthDate;
};

const judgeContent = ({ archive, place, today }: Work, receivedOn: string, birthDate: string | null) =>
  birthDate === null
    ? []
    : judgeSpecializedEducation(
        { stage: archive.stage, birthDate, receivedOn, tellsOfSpecializedEducation: true },
        today,
        place,
      );

/**
 * The registrar of the school that keeps the archive files material in its category (ARC-02): reports, tests, health, aid.
 * Nothing of specialised education (ARC-19). A correction is a new entry that names the one it corrects (ARC-25).
 */
export const addArchiveMaterial = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'archive.enter');
  const asked = parseInput(Adding, input);
  const birthDate = await birthDateFor(core, asked);
  return onArchive({ core, caller, operation: 'addArchiveMaterial' }, asked, async (work) => {
    const { tx, archive, place, today } = work;
    const { kind, category, occurredOn, words } = asked;
    const { stage } = archive;
    const corrects = asked.corrects ?? undefined;
    const findings = [
      ...judgeKeeper(work),
      ...(occurredOn > today ? [dayAhead] : []),
      ...judgeCategory({ kind, category, stage }, today, place),
      ...judgeContent(work, occurredOn, birthDate),
      ...(corrects === undefined
        ? []
        : judgeEntryAct({ act: 'CORRECT_BY_NEW_ENTRY', stage, left: archive.custody.filed }, today, place)),
      ...(corrects !== undefined && corrects > archive.entries ? [entryUnknown] : []),
    ];
    if (isStopped(findings)) return { findings };
    const said = { key: asked.idempotencyKey, kind, occurredOn, words };
    const filing = filedByHand(work, corrects === undefined ? said : { ...said, corrects });
    const filed = await fileEntry(tx, archive, filing);
    return { ...filed, findings };
  });
};
