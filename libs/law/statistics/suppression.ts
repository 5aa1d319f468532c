import type { IsoDate } from '../dates.ts';
import { type Finding, finding, type LawPlace } from '../finding.ts';
import { requireValue } from '../resolve.ts';

/** How an unpublished count is shown, with its note. One mark for all that is hidden, or the mark itself would tell. */
export const SUPPRESSED = { text: '<10*', note: '*：少于10，或为防止由其他数字推算而不公布。' } as const;

/** A single count that is too small to be told (STA-08). */
export const judgeCount = (count: number, on: IsoDate, place: LawPlace): Finding[] => {
  const threshold = requireValue('smallCellThreshold', place, on);
  if (count >= threshold) return [];
  return [
    finding('STA-08', {
      message: `少于${threshold}的单元格，以及可推算出它的单元格，不予公布。`,
      messageEn: `Counts below ${threshold}, and those that would give them away, are not published.`,
      remedy: '请选择更大的统计范围。',
      on,
      place,
    }),
  ];
};
