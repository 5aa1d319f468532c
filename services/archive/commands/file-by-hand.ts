import type { ArchiveItemKind } from '#libs/law/archive/categories.ts';
import { enforces } from '#libs/law/enforces.ts';
import type { OwnFinding } from '#libs/law/own-finding.ts';
import type { Archive } from '../archives/archive.ts';
import type { Filing } from '../entries/entry.ts';
import { sealWords } from '../entries/words.ts';
import { unitOf, type Work } from './on-archive.ts';
import { archiveKeptElsewhere } from './own-finding.ts';

type ByHand = {
  key: string;
  kind: ArchiveItemKind;
  occurredOn: string;
  level?: string;
  words?: string;
  corrects?: number;
  matter?: string | null;
  /** Uploads that lie with it. */
  papers?: readonly string[];
};

/** What somebody of the school files, with its words sealed; filed once for each key. */
export const filedByHand = ({ core, archive, caller, now }: Work, said: ByHand): Filing => {
  enforces('PRV-01', 'PRV-16');
  const source = `order:${caller.subject}:${said.key}`;
  return {
    ...{ kind: said.kind, change: null, level: said.level ?? null, occurredOn: said.occurredOn },
    ...{ source, author: caller.subject, at: now },
    content:
      said.words === undefined
        ? null
        : sealWords(core.sealing, { person: archive.person, source }, said.words),
    ...{ corrects: said.corrects ?? null, matter: said.matter ?? null },
    papers: said.papers ?? [],
  };
};

/** Only who keeps an archive files in it: the receiving school once it has accepted it (ARC-11). */
export const judgeKeeper = ({
  caller,
  archive,
}: {
  caller: Work['caller'];
  archive: Archive;
}): OwnFinding[] => (archive.custody.custodian.code === unitOf(caller) ? [] : [archiveKeptElsewhere]);
