import { breaks, holds } from '#test/support/rules.ts';
import { BEIGUAN, ELSEWHERE, SHANXI } from '../testing/places.ts';
import { judgeYearlyTraining, type TrainingFacts } from './yearly-training.ts';

const PLACES = [SHANXI, BEIGUAN, ELSEWHERE];
const judge = (changes: Partial<TrainingFacts>, on = '2026-01-01', place = ELSEWHERE) =>
  judgeYearlyTraining(
    { year: 2025, trainedOn: [], inPostFrom: '2020-09-01', inPostUntil: null, ...changes },
    on,
    place,
  );

describe('the yearly training', () => {
  it(
    holds('ACC-03', 'counts on any day of the calendar year, and while the year runs nothing is owed'),
    () => {
      for (const place of PLACES) {
        for (const day of ['2025-01-01', '2025-12-31']) {
          expect(judge({ trainedOn: [day] }, '2026-01-01', place)).toEqual([]);
        }
        expect(judge({}, '2025-12-31', place)).toEqual([]);
      }
    },
  );

  it(breaks('ACC-03', 'a year without one is on record from the next day'), () => {
    for (const place of PLACES) {
      expect(judge({ trainedOn: ['2024-12-31', '2026-01-01'] }, '2026-01-01', place)).toMatchObject([
        { ruleId: 'ACC-03', outcome: 'RECORD', code: 'ANNUAL_TRAINING_MISSING' },
      ]);
    }
  });

  it('is owed by who was in post at the end of the year, since the notice of 2016', () => {
    expect(judge({ inPostUntil: '2025-12-30' })).toEqual([]);
    expect(judge({ inPostUntil: '2025-12-31' })).toHaveLength(1);
    expect(judge({ inPostFrom: '2026-01-01' })).toEqual([]);
    expect(judge({ year: 2015, inPostFrom: '2014-01-01' }, '2016-01-01')).toEqual([]);
    expect(judge({ year: 2016, inPostFrom: '2014-01-01' }, '2017-01-01')).toHaveLength(1);
  });
});
