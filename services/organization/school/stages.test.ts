import fc from 'fast-check';
import { SchoolKind } from '#libs/contracts/vocabulary.ts';
import { STAGES, spansOf, stagesProblem, usualStages } from './stages.ts';

describe('stages and years of a school', () => {
  test('six-three: primary 1 to 6, junior 7 to 9; five-four: primary 1 to 5, junior 6 to 9', () => {
    expect(spansOf('S63', ['PRIMARY', 'JUNIOR'])).toEqual([
      { stage: 'PRIMARY', firstYear: 1, lastYear: 6 },
      { stage: 'JUNIOR', firstYear: 7, lastYear: 9 },
    ]);
    expect(spansOf('S54', ['PRIMARY', 'JUNIOR'])).toEqual([
      { stage: 'PRIMARY', firstYear: 1, lastYear: 5 },
      { stage: 'JUNIOR', firstYear: 6, lastYear: 9 },
    ]);
  });

  test('in both systems the stages follow each other without gap or overlap, year by year', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('S63' as const, 'S54' as const),
        fc.integer({ min: -2, max: 12 }),
        (system, year) => {
          const owners = spansOf(system, STAGES).filter(
            (span) => span.firstYear <= year && year <= span.lastYear,
          );
          expect(owners).toHaveLength(1);
        },
      ),
    );
  });

  test('the spans of another system are never guessed', () => {
    expect(() => spansOf('OTHER', ['PRIMARY'])).toThrow(RangeError);
  });

  test('a school must teach something, of its kind, without leaving out a stage between', () => {
    expect(stagesProblem('PRIMARY', [])).toBe('NO_STAGE');
    expect(stagesProblem('PRIMARY', ['PRIMARY', 'JUNIOR'])).toBe('STAGE_NOT_OF_KIND');
    expect(stagesProblem('SENIOR', ['JUNIOR'])).toBe('STAGE_NOT_OF_KIND');
    expect(stagesProblem('SENIOR', ['PRIMARY', 'SENIOR'])).toBe('STAGES_NOT_CONTIGUOUS');
    expect(stagesProblem('JUNIOR', ['JUNIOR', 'PRIMARY'])).toBeNull();
    expect(stagesProblem('SENIOR', ['SENIOR', 'PRIMARY', 'JUNIOR'])).toBeNull();
    expect(stagesProblem('SPECIAL_EDUCATION', ['PRIMARY', 'JUNIOR'])).toBeNull();
  });

  test('the usual stages of every kind fit it', () => {
    for (const kind of SchoolKind.options) expect(stagesProblem(kind, usualStages(kind))).toBeNull();
  });

  test('every kind of school has at least one choice of stages that fits', () => {
    const choices = STAGES.flatMap((_, from) => STAGES.map((_, to) => STAGES.slice(from, to + 1)));
    for (const kind of SchoolKind.options) {
      expect(choices.some((stages) => stagesProblem(kind, stages) === null)).toBe(true);
    }
  });
});
