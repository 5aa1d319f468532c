import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, SHANXI } from '../testing/places.ts';
import { judgeExport } from './export.ts';

describe('figures that are taken out', () => {
  it(holds('PRV-04', 'stay exact with the unit itself, and leave it as they were published'), () => {
    expect(judgeExport({ exact: true, leaves: false }, '2026-09-01', SHANXI)).toEqual([]);
    expect(judgeExport({ exact: false, leaves: true }, '2026-09-01', SHANXI)).toEqual([]);
  });

  it(breaks('PRV-04', 'do not leave it exact'), () => {
    expect(judgeExport({ exact: true, leaves: true }, '2026-09-01', SHANXI)).toMatchObject([
      { ruleId: 'PRV-04', code: 'OUTPUT_NOT_MASKED', outcome: 'REJECT' },
    ]);
  });

  it(breaks('STA-08', 'nor where no text asks for it'), () => {
    expect(judgeExport({ exact: true, leaves: true }, '2026-09-01', BEIGUAN)).toMatchObject([
      { ruleId: 'STA-08', code: 'SMALL_CELL', outcome: 'REJECT' },
    ]);
  });
});
