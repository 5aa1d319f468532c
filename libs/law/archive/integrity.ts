import type { IsoDate } from '../dates.ts';
import { enforces } from '../enforces.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';

/** What somebody wants to do to an entry that stands in an archive. */
export type EntryAct = 'CORRECT_BY_NEW_ENTRY' | 'ALTER' | 'DELETE_ENTRY' | 'DELETE_ARCHIVE';

/** `left`: the student has graduated, completed or ended unfinished. */
export type EntryActFacts = { act: EntryAct; stage: Stage; left: boolean };

/**
 * An entry stays as it is and a correction is a new one (ARC-25). An archive is kept for ever by the last school (ARC-12),
 * and what the system holds of somebody who left stays (ARC-21): neither it nor an entry is deleted.
 */
export const judgeEntryAct = (facts: EntryActFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (facts.act === 'CORRECT_BY_NEW_ENTRY') return [];
  const where = { ownerLevel: 'SCHOOL' as const, on, place, stage: facts.stage };
  const immutable = findingIfInForce('ARC-25', {
    message: '学籍档案的记录只增不改，更正须另作新的记录。',
    messageEn: 'Entries of an archive are only added; a correction is a new entry.',
    path: ['entry'],
    remedy: '请以新的记录更正，原记录保留。',
    ...where,
  });
  if (facts.act === 'ALTER') return immutable;
  const spec = {
    code: 'ARCHIVE_DELETE_FORBIDDEN',
    outcome: 'REJECT' as const,
    message: '学籍档案永久保存，不得删除。',
    messageEn: 'Archives are kept for ever and never deleted.',
    path: ['archive'],
    remedy: '有误的，请以新的记录更正。',
    ...where,
  };
  return prevailing(
    facts.left ? findingIfInForce('ARC-21', spec) : [],
    findingIfInForce('ARC-12', spec),
    immutable,
  );
};

/** How long an archive is kept: for ever, wherever it lies (ARC-12). */
export const retentionOf = (): 'PERMANENT' => {
  enforces('ARC-12');
  return 'PERMANENT';
};

/** What an entry must carry: who made it, when, what it came from and the hash of its content. */
export type EntryStamp = {
  author: string;
  at: string;
  source: string;
  /** SHA-256 of the content, 64 hexadecimal digits. */
  contentHash: string;
};

/** The marks that an entry lacks; empty for one that can be relied on (ARC-25). */
export const missingMarks = (stamp: Partial<EntryStamp>): (keyof EntryStamp)[] => {
  enforces('ARC-25');
  const marks: (keyof EntryStamp)[] = ['author', 'at', 'source', 'contentHash'];
  return marks.filter((mark) =>
    mark === 'contentHash' ? !/^[0-9a-f]{64}$/.test(stamp.contentHash ?? '') : !stamp[mark],
  );
};
