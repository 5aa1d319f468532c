import { type Arguments, readQuestion } from './question.ts';

const problemsOf = (asked: Arguments): { code: string; path: (string | number)[]; message: string }[] => {
  try {
    readQuestion(asked, '2026-09-02');
    return [];
  } catch (error) {
    return (error as { details: { problems: { code: string; path: string[]; message: string }[] } }).details
      .problems;
  }
};
const codesOf = (asked: Arguments) => problemsOf(asked).map((problem) => problem.code);

describe('a question to statistics', () => {
  test('may combine unit, stage, grade, gender and one attribute', () => {
    expect(
      readQuestion(
        {
          scope: '140105',
          by: ['UNIT', 'STAGE', 'GRADE', 'GENDER', 'BOARDER'],
          filter: { stage: 'PRIMARY', grade: 6, gender: null },
          asOf: '2026-09-02',
        },
        '2026-09-02',
      ),
    ).toEqual({
      scope: '140105',
      by: ['UNIT', 'STAGE', 'GRADE', 'GENDER', 'BOARDER'],
      attribute: 'BOARDER',
      filter: { stage: 'PRIMARY', grade: 6, gender: undefined },
    });
  });

  test('with two attributes is beyond the kept tables, and is told the way out', () => {
    expect(() => readQuestion({ by: ['BOARDER', 'MIGRANT'] }, '2026-09-02')).toThrow(
      expect.objectContaining({
        code: 'COST_ESTIMATED_TOO_EXPENSIVE',
        message: expect.stringContaining('requestStatistics'),
        details: { instead: 'requestStatistics' },
      }),
    );
  });

  test('may be about any day that is over, and about today as it is now', () => {
    const dayOf = (asOf: string) => readQuestion({ by: [], asOf }, '2026-09-02').day;
    expect(dayOf('2026-09-01')).toBe('2026-09-01');
    expect(dayOf('2026-09-02')).toBeUndefined();
    expect(codesOf({ by: [], asOf: '2026-09-03' })).toEqual(['AS_OF_TO_COME']);
  });

  test('is told every problem at once', () => {
    expect(
      codesOf({
        scope: '14',
        by: ['STAGE', 'STAGE', 'BOARDER', 'DISABLED'],
        filter: { grade: 10 },
        asOf: '2027-01-01',
      }),
    ).toEqual(['SCOPE_CODE', 'DIMENSION_REPEATED', 'GRADE', 'AS_OF_TO_COME']);
    expect(codesOf({ by: [], filter: { grade: 0 } })).toEqual(['GRADE']);
  });
});
