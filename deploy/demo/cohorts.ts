import { loadPupilFigures } from '#deploy/data/figures.ts';
import type { StageSpan } from '#services/organization/school/stages.ts';

/** How large the cohorts of a stage are beside each other; 1 is the average of the stage. */
export type CohortWeights = (span: StageSpan, entryYearAdj: number) => number;

/**
 * Weights from the published numbers of children who entered primary school. Years without a figure count as
 * average.
 */
export function cohortWeights(schoolYear: number): CohortWeights {
  const entrants = new Map(loadPupilFigures().primaryEntrants.map(({ year, value }) => [year, value]));
  return (span, entryYearAdj) => {
    const size = entrants.get(entryYearAdj);
    if (size === undefined) return 1;
    let sum = 0;
    let known = 0;
    for (let year = span.firstYear; year <= span.lastYear; year++) {
      const value = entrants.get(schoolYear - year + 1);
      if (value === undefined) continue;
      sum += value;
      known += 1;
    }
    return size / (sum / known);
  };
}
