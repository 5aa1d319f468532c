import { classSums } from './class-figures.ts';

const figures = (classes: number, pupils: number, large = 0) => ({
  figures: {
    __typename: 'ClassFigures' as const,
    ...{ classes, pupils, large, oversized: 0 },
    bands: [
      {
        __typename: 'ClassBandFigures' as const,
        band: 'UP_TO_25' as const,
        classes: classes - large,
        pupils: 0,
      },
      { __typename: 'ClassBandFigures' as const, band: 'FROM_56_TO_65' as const, classes: large, pupils: 0 },
    ],
  },
});

test('classes of several rows are added up band by band', () =>
  expect(classSums([figures(3, 60, 1), figures(2, 110, 2)])).toEqual({
    classes: 5,
    pupils: 170,
    bands: [2, 3],
    tooLarge: 3,
  }));

test('where there is no class every sum is nothing', () =>
  expect(classSums([])).toEqual({ classes: 0, pupils: 0, bands: [], tooLarge: 0 }));
