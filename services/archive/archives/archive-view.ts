import { isUuid } from '#libs/contracts/ids.ts';
import { ARCHIVE_CATEGORIES, categoryOf } from '#libs/law/archive/categories.ts';
import { custodyState } from '#libs/law/archive/custody.ts';
import { retentionOf } from '#libs/law/archive/integrity.ts';
import type { Actor } from '#libs/platform/actor/actor.ts';
import { isGranted } from '#libs/platform/permissions/table.ts';
import type { ServiceCore } from '#libs/platform/service/definition.ts';
import { unitOf } from '../commands/on-archive.ts';
import type { Context } from '../context.ts';
import { brokenEntries, type Entry } from '../entries/entry.ts';
import { areWordsWhole, openWords } from '../entries/words.ts';
import type { Resolvers } from '../generated/types.ts';
import { fileLinks } from '../paper-files/file-links.ts';
import type { Archive } from './archive.ts';
import { acceptDueOf, judgeArchive } from './judge-archive.ts';
import { readsContent } from './who-reads.ts';

type Core = Pick<ServiceCore, 'clock' | 'directory' | 'sealing' | 'config'>;

/** What the caller's unit and role may do with an archive now. */
const actionsOn = ({ custody, openedOn, household, handOver }: Archive, actor: Actor | null): string[] => {
  if (actor === null || openedOn === null) return [];
  const unit = unitOf(actor);
  const isKeeper = custody.custodian.code === unit;
  const handsOver = isGranted(actor, 'archive.hand-over');
  const receives = custody.passedOn && custody.owedTo?.code === unit;
  const mayCall = household?.county === unit && household.calledAt === null && handOver === null;
  return [
    ...(isKeeper && isGranted(actor, 'archive.enter') ? ['ADD_MATERIAL', 'RECORD_AWARD', 'REFRESH'] : []),
    ...(isKeeper && isGranted(actor, 'archive.print') ? ['PRINT'] : []),
    ...(isKeeper && isGranted(actor, 'archive.discipline') ? ['RECORD_DISCIPLINE'] : []),
    ...(isKeeper && handsOver && custody.owedTo !== null && !custody.passedOn ? ['HAND_OVER'] : []),
    ...(receives && handsOver ? ['ACCEPT', 'SEND_BACK'] : []),
    ...(mayCall && isGranted(actor, 'archive.call') ? ['CALL'] : []),
  ];
};

/** Whether every entry follows from those before it and says what it said when it was filed (ARC-25). */
const isIntact = ({ sealing }: Pick<Core, 'sealing'>, entries: readonly Entry[]): boolean =>
  brokenEntries(entries).length === 0 && entries.every((entry) => areWordsWhole(sealing, entry));

/** Resolvers of archives and what lies in them. */
export const createArchiveViews = (
  core: Core,
): Pick<Resolvers, 'StudentArchive' | 'ArchiveCopy' | 'ArchiveEntry'> => ({
  StudentArchive: {
    __resolveReference: async ({ id }: { id: string }, { actor, archives, trail }: Context) => {
      if (actor === null || !isGranted(actor, 'archive.read') || !isUuid(id)) return null;
      const found = await archives.byId.load(id);
      if (found !== null) trail.read(found.person);
      return found;
    },
    student: ({ person }) => ({ id: person }),
    school: ({ school }) => ({ id: school }),
    state: ({ openedOn, custody }) => (openedOn === null ? 'DUE' : custodyState(custody)),
    custodian: ({ custody }) => custody.custodian,
    handOver: async (archive) => {
      const { handOver, custody } = archive;
      if (handOver === null || custody.owedTo === null) return null;
      return {
        ...{ to: custody.owedTo, reason: handOver.reason, dueOn: handOver.dueOn },
        ...{ passedOnOn: handOver.passedOnOn, acceptBy: await acceptDueOf(core, archive) },
        ...{ sentBackOn: handOver.sentBack?.on ?? null, sentBackReason: handOver.sentBack?.reason ?? null },
        overdue: (handOver.passedOnOn ?? core.clock.today()) > handOver.dueOn,
      };
    },
    household: ({ household }) => household?.county ?? null,
    calledForAt: ({ household }) => household?.calledAt ?? null,
    retention: () => retentionOf(),
    prints: ({ person }, _, { archives }) => archives.prints.load(person),
    copies: ({ person }, _, { archives }) => archives.copies.load(person),
    sections: async (archive, _, { archives }) => {
      const entries = await archives.entries.load(archive.person);
      const held = Map.groupBy(entries, ({ kind }) => categoryOf(kind));
      return ARCHIVE_CATEGORIES.map((category) => ({ category, entries: held.get(category) ?? [] }));
    },
    intact: async (archive, _, { archives, scope }) =>
      readsContent(archive, await scope())
        ? isIntact(core, await archives.entries.load(archive.person))
        : null,
    findings: async (archive, _, { archives, scope }) => {
      if (!readsContent(archive, await scope())) return judgeArchive(core, archive, null);
      const [entries, prints] = await Promise.all([
        archives.entries.load(archive.person),
        archives.prints.load(archive.person),
      ]);
      return judgeArchive(core, archive, { entries, prints });
    },
    lapses: ({ person }, _, { archives }) => archives.lapses.load(person),
    allowedActions: (archive, _, { actor }) => actionsOn(archive, actor),
  },
  ArchiveCopy: {
    held: async ({ person, unit }, _, { archives }) =>
      (await archives.copied.load(person)).filter((entry) => entry.unit === unit),
    intact: async ({ person, unit }, _, { archives }) =>
      isIntact(
        core,
        (await archives.copied.load(person)).filter((entry) => entry.unit === unit),
      ),
  },
  ArchiveEntry: {
    number: ({ entry }) => entry,
    enteredAt: ({ at }) => at,
    words: (entry) => openWords(core.sealing, entry),
    papers: ({ papers }) => papers.length,
    files: (entry, _, { actor }) => fileLinks(core, entry, actor),
  },
});
