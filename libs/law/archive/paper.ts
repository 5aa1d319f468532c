import type { IsoDate } from '../dates.ts';
import { type Finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';
import type { Stage } from '../layers.ts';
import { resolve } from '../resolve.ts';
import { ARCHIVE_CATEGORIES, type ArchiveCategory } from './categories.ts';

/** What is put on paper. `reason`, `keeper`: null while not given; the keeper is the department that uses the print. */
export type PaperFacts = { stage: Stage; reason: string | null; keeper: string | null };

/** No new archive on paper without need: a print has a reason and a department that keeps it (ARC-05, from 2025). */
export const judgePaper = (facts: PaperFacts, on: IsoDate, place: LawPlace): Finding[] => {
  const reasoned = Boolean(facts.reason?.trim()) && Boolean(facts.keeper?.trim());
  return reasoned
    ? []
    : findingIfInForce('ARC-05', {
        message: '原则上不再新设纸质学籍档案；确需打印的，须说明用途和保管部门。',
        messageEn: 'No new paper archive in principle: a print needs a reason and a keeper.',
        path: [facts.reason?.trim() ? 'keeper' : 'reason'],
        remedy: '请填写打印用途和保管部门。',
        ownerLevel: 'SCHOOL',
        on,
        place,
        stage: facts.stage,
      });
};

const ON_PAPER: readonly ArchiveCategory[] = ['BASIC_INFO', 'PROOFS', 'COMPREHENSIVE_QUALITY', 'AWARDS'];

/** The categories that an archive of Beiguan keeps on paper too: for archives opened before 2025 (ARC-06, CF-06). */
export const paperCategories = (openedOn: IsoDate, place: LawPlace, stage: Stage): ArchiveCategory[] =>
  isInForce('ARC-06', openedOn, place, stage) &&
  resolve('newPaperArchive', place, openedOn, { stage }).value === 'CATEGORIES_1_2_3_5'
    ? ARCHIVE_CATEGORIES.filter((category) => ON_PAPER.includes(category))
    : [];

/** An archive and its counterpart on paper. */
export type PaperCounterpartFacts = {
  stage: Stage;
  openedOn: IsoDate;
  onPaper: readonly ArchiveCategory[];
};

/** The categories of Beiguan that lack on paper are warned of (ARC-06). */
export const judgePaperCounterpart = (
  facts: PaperCounterpartFacts,
  on: IsoDate,
  place: LawPlace,
): Finding[] => {
  const lacking = paperCategories(facts.openedOn, place, facts.stage).filter(
    (category) => !facts.onPaper.includes(category),
  );
  if (lacking.length === 0) return [];
  return findingIfInForce('ARC-06', {
    message: '基础信息、证明材料、综合素质、获奖四类须保留纸质档案，尚有缺项。',
    messageEn: `Four categories of the archive are kept on paper; missing: ${lacking.join(', ')}.`,
    path: ['onPaper'],
    remedy: '请补齐所缺类别的纸质材料。',
    ownerLevel: 'SCHOOL',
    on,
    place,
    stage: facts.stage,
  });
};
