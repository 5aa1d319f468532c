import { breaks, holds } from '#test/support/rules.ts';
import type { Situation } from '../cases/situation.ts';
import { effectOn, standsStillFrom } from './progress.ts';

const NOW = '2026-05-12T01:00:00.000Z';
const EARLIER = '2025-06-01T01:00:00.000Z';

/** In grade 3 of 6 in the school year 2025, as far as these decisions look. */
const situation = (
  registration: { status?: string; frozenAt?: string | null } = {},
  assessments: { step: string; supports: boolean; schoolYear: number | null }[] = [],
): Situation =>
  ({
    ...{ now: NOW, grade: 3, schoolYear: 2025, assessments },
    registration: { status: 'IN_SCHOOL', frozenAt: null, lastGrade: 6, ...registration },
  }) as unknown as Situation;

const promotion = (supports: boolean, schoolYear = 2026) =>
  ({ step: 'PROMOTION', supports, schoolYear }) as const;

describe('what an assessment does to the grade', () => {
  it(
    holds('ENR-24', 'kept in the grade, it stands still from now; let go on, it runs again in that grade'),
    () => {
      expect(effectOn(situation(), promotion(false))).toEqual({ frozenAt: NOW });
      expect(effectOn(situation({ frozenAt: EARLIER }), promotion(false))).toEqual({ frozenAt: EARLIER });
      expect(effectOn(situation({ frozenAt: EARLIER }), promotion(true))).toEqual({
        frozenAt: null,
        entryYearAdj: 2023,
      });
      expect(effectOn(situation({ frozenAt: EARLIER }), promotion(true, 2025))).toEqual({
        frozenAt: null,
        entryYearAdj: 2022,
      });
    },
  );

  it(breaks('ENR-24', 'nothing for another step, nor for who is not in school or goes on anyhow'), () => {
    const graduation = { step: 'GRADUATION', supports: false, schoolYear: null } as const;
    expect(effectOn(situation(), graduation)).toEqual({});
    expect(effectOn(situation({ status: 'SUSPENDED' }), promotion(false))).toEqual({});
    expect(effectOn(situation(), promotion(true))).toEqual({});
  });

  it(holds('ENR-28', 'who comes back to school stays kept by an assessment of the promotion to come'), () => {
    expect(standsStillFrom(situation({}, [promotion(false)]))).toBe(NOW);
    expect(standsStillFrom(situation({}, [promotion(false), promotion(true)]))).toBeNull();
    expect(standsStillFrom(situation({}, [promotion(false, 2025)]))).toBeNull();
    expect(standsStillFrom(situation())).toBeNull();
  });
});
