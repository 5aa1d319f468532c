import { z } from 'zod';
import type { HeldPaper } from '#libs/contracts/commands/hold-evidence.ts';
import { Day, isUuid, Uuid } from '#libs/contracts/ids.ts';
import { ARCHIVE_CATEGORIES, ARCHIVE_ITEM_KINDS, judgeCategory } from '#libs/law/archive/categories.ts';
import { judgeEntryAct } from '#libs/law/archive/integrity.ts';
import { judgeSpecializedEducation } from '#libs/law/archive/specialized-education.ts';
import { isStopped, type OwnFinding } from '#libs/law/own-finding.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { askApplicant } from '#libs/platform/commands/ask-applicant.ts';
import { parseInput } from '#libs/platform/commands/parse.ts';
import { inScope } from '#libs/platform/database/scope.ts';
import { outOfJurisdiction } from '#libs/platform/errors/errors.ts';
import { holdForRequest, papersOf } from '#libs/platform/files/hold-papers.ts';
import { authorize } from '#libs/platform/permissions/authorize.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { entriesOf } from '../entries/entry-rows.ts';
import { fileEntry } from '../entries/file-entry.ts';
import { filedByHand, judgeKeeper } from './file-by-hand.ts';
import { type Done, Order, onArchive, rehearse, type Work } from './on-archive.ts';
import { dayAhead, entryUnknown, matterUnknown } from './own-finding.ts';

const Adding = Order.extend({
  kind: z.enum(ARCHIVE_ITEM_KINDS.filter((kind) => kind !== 'DISCIPLINE')),
  category: z.enum(ARCHIVE_CATEGORIES),
  occurredOn: Day,
  words: z.string().trim().min(1).max(1_000),
  tellsOfSpecializedEducation: z.boolean(),
  corrects: z.int().min(1).nullish(),
  evidence: z.array(Uuid).max(20).nullish(),
  matter: Uuid.nullish(),
});
type Adding = z.infer<typeof Adding>;

/** The day of birth, asked of its owner only where the law depends on the age, and before anything is locked. */
const birthDateFor = async (core: ServiceCore, asked: Adding): Promise<string | null> => {
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

const judgeAdding = (work: Work, asked: Adding, birthDate: string | null): OwnFinding[] => {
  const { archive, place, today } = work;
  const { kind, category, occurredOn, corrects } = asked;
  const { stage } = archive;
  const left = archive.custody.filed;
  return [
    ...judgeKeeper(work),
    ...(occurredOn > today ? [dayAhead] : []),
    ...judgeCategory({ kind, category, stage }, today, place),
    ...judgeContent(work, occurredOn, birthDate),
    ...(corrects == null ? [] : judgeEntryAct({ act: 'CORRECT_BY_NEW_ENTRY', stage, left }, today, place)),
    ...(corrects != null && corrects > archive.entries ? [entryUnknown] : []),
  ];
};

/** The uploads that the request names, held for it where nothing stands against it. */
const holdPapers = async (
  core: ServiceCore,
  caller: Actor,
  asked: Adding,
  judge: (work: Work) => Promise<OwnFinding[]>,
): Promise<readonly HeldPaper[]> => {
  const order = { caller, key: asked.idempotencyKey, uploads: asked.evidence ?? [] };
  const scope = await core.directory.scopeOf(caller);
  return holdForRequest(
    core,
    order,
    (work) => inScope(core.app, scope, work),
    (tx) => rehearse({ core, tx, caller }, asked, judge),
  );
};

/** A matter of which the archive tells: papers that come later lie with it (ARC-15). */
const matterFindings = async ({ tx, archive }: Work, matter: string | null): Promise<OwnFinding[]> => {
  if (matter === null) return [];
  const entries = await entriesOf(tx, [archive.person]);
  return entries.some((entry) => entry.matter === matter) ? [] : [matterUnknown];
};

/**
 * The registrar of the school that keeps the archive files material in its category (ARC-02): reports, tests, health, aid.
 * Papers lie with it, and with the matter that they prove (ARC-15). Nothing of specialised education (ARC-19). A correction is a new entry that names the one it corrects (ARC-25).
 */
export const addArchiveMaterial = async (
  core: ServiceCore,
  actor: Actor | null,
  input: unknown,
): Promise<Done> => {
  const caller = authorize(actor, 'archive.enter');
  const asked = parseInput(Adding, input);
  const birthDate = await birthDateFor(core, asked);
  const matter = asked.matter ?? null;
  const judge = async (work: Work) => [
    ...judgeAdding(work, asked, birthDate),
    ...(await matterFindings(work, matter)),
  ];
  const held = await holdPapers(core, caller, asked, judge);
  return onArchive({ core, caller, operation: 'addArchiveMaterial' }, asked, async (work) => {
    const { kind, occurredOn, words, idempotencyKey: key, corrects } = asked;
    const findings = await judge(work);
    if (isStopped(findings)) return { findings };
    const handed = (asked.evidence ?? []).map((upload) => ({ upload }));
    const papers = papersOf(held, handed).map(({ upload }) => upload);
    const said = {
      ...{ key, kind, occurredOn, words, matter, papers },
      ...(corrects != null && { corrects }),
    };
    const filed = await fileEntry(work.tx, work.archive, filedByHand(work, said));
    return { ...filed, findings };
  });
};
