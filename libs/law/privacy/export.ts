import type { IsoDate } from '../dates.ts';
import { type Finding, finding, findingIfInForce, isInForce, type LawPlace } from '../finding.ts';

/** Figures that are taken out of the system. */
export type ExportFacts = {
  /** Counts as they are, of which nothing is hidden. */
  exact: boolean;
  /** They go to somebody who is neither the unit itself nor above it. */
  leaves: boolean;
};

/**
 * What leaves the unit is anonymised: exact counts of a unit stay with it and those above (PRV-04; where that is not in force,
 * STA-08). The published tables may go anywhere.
 */
export const judgeExport = ({ exact, leaves }: ExportFacts, on: IsoDate, place: LawPlace): Finding[] => {
  if (!exact || !leaves) return [];
  const spec = {
    ...{ on, place, outcome: 'REJECT' as const, path: ['leaves'] },
    message: '对外提供的统计数据须脱敏：准确数只供本单位及上级使用。',
    messageEn: 'What goes out is anonymised: exact counts are for the unit itself and those above it.',
    remedy: '请改用公布的统计表。',
  };
  return isInForce('PRV-04', on, place)
    ? findingIfInForce('PRV-04', { ...spec, code: 'OUTPUT_NOT_MASKED' })
    : [finding('STA-08', spec)];
};
