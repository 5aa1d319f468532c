import type { IsoDate } from '../dates.ts';
import { prevailing } from '../enrollment/prevailing.ts';
import { type Finding, findingIfInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import type { ArchiveItemKind } from './categories.ts';
import { type ArchivableChange, isKeptOutOfArchive } from './specialized-education.ts';

const OF_INFORMATION: ReadonlySet<ArchivableChange> = new Set(['INFORMATION_CHANGED', 'MOBILE_UPDATE']);

/**
 * What a completed change puts into the archive: the change itself with the basic information, and each paper of the case
 * with the proofs (ARC-15, ARC-16, ARC-23); nothing of specialised education (ARC-19).
 */
export const itemsOfChange = (change: ArchivableChange, papers: number): ArchiveItemKind[] => {
  if (isKeptOutOfArchive(change)) return [];
  const entry: ArchiveItemKind =
    change === 'REGISTERED'
      ? 'INFORMATION_SHEET'
      : OF_INFORMATION.has(change)
        ? 'INFORMATION_CHANGE'
        : 'STATUS_CHANGE';
  return [entry, ...Array.from({ length: papers }, (): ArchiveItemKind => 'PROOF')];
};

/** A completed change. `proofs`: how many of its papers the archive holds; `entered`: the change itself stands in it. */
export type FiledChangeFacts = {
  change: ArchivableChange;
  stage: Stage;
  entered: boolean;
  proofs: number;
};

/**
 * The proof of every change is filed (ARC-15); a suspension is entered and its papers attached (ARC-16, Shanxi), and so
 * is the material behind a confirmed mobile update (ARC-23). What lacks is on record. A first registration and going up
 * by itself are no such changes.
 */
export const judgeFiledChange = (facts: FiledChangeFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const { change, stage } = facts;
  if (change === 'REGISTERED' || isKeptOutOfArchive(change)) return [];
  if (facts.proofs > 0 && facts.entered) return [];
  const spec = {
    code: 'CHANGE_PROOF_NOT_FILED',
    outcome: 'RECORD' as const,
    message: facts.entered ? '学籍变动的证明材料尚未归入学籍档案。' : '学籍变动尚未记入学籍档案。',
    messageEn: facts.entered
      ? 'The proof of the change is not in the archive.'
      : 'The change is not entered in the archive.',
    path: ['items'],
    remedy: '请将该项变动及其证明材料归入学籍档案。',
    ownerLevel: 'SCHOOL' as const,
    on,
    place,
    stage,
  };
  return prevailing(
    change === 'SUSPENDED' ? findingIfInForce('ARC-16', spec) : [],
    change === 'MOBILE_UPDATE' ? findingIfInForce('ARC-23', spec) : [],
    facts.proofs > 0 ? [] : findingIfInForce('ARC-15', spec),
  );
};
