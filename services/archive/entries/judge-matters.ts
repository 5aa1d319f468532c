import type { Stage } from '#libs/contracts/vocabulary.ts';
import { judgeFiledChange } from '#libs/law/archive/evidence.ts';
import type { Finding, LawPlace } from '#libs/law/finding.ts';
import type { Entry } from './entry.ts';

/** The papers and the change of one matter, as they lie in an archive. */
const judgeMatter = (entries: readonly Entry[], stage: Stage, place: LawPlace): Finding[] => {
  const [first] = entries;
  if (!first?.change) return [];
  const proofs = entries.reduce((sum, { kind, papers }) => sum + (kind === 'PROOF' ? papers.length : 0), 0);
  // A registration that moves tells of itself without naming the transfer.
  const movedByTransfer = first.change === 'TRANSFERRED' || first.change === 'WENT_ON';
  const entered = movedByTransfer || entries.some(({ kind }) => kind !== 'PROOF');
  return judgeFiledChange({ change: first.change, stage, entered, proofs }, first.occurredOn, place);
};

/** What the law says of one matter. */
export type JudgedMatter = { matter: string; findings: Finding[] };

/** What lacks of the changes that an archive tells of: their proofs (ARC-15, ARC-16, ARC-23), each matter by itself. */
export const judgeMatters = (entries: readonly Entry[], stage: Stage, place: LawPlace): JudgedMatter[] => {
  const matters = Map.groupBy(
    entries.filter(({ matter }) => matter !== null),
    ({ matter }) => matter ?? '',
  );
  return [...matters].map(([matter, each]) => ({ matter, findings: judgeMatter(each, stage, place) }));
};
