import { flowQuestionIn } from './flow-question.ts';

const kinds = ['TRANSFER', 'GRADUATION'];
const asked = (text: string, isSchool = false) =>
  flowQuestionIn(new URLSearchParams(text), kinds, '2026-11-23', isSchool);

test('an address without days asks for the school year so far, by kind', () =>
  expect(asked('')).toEqual({
    ...{ from: '2026-09-01', to: '2026-11-23', isMatrix: false, by: ['KIND'], filter: {} },
  }));

test('the first day follows the last one into its school year', () =>
  expect(asked('to=2026-08-31').from).toBe('2025-09-01'));

test('where from and where to is asked of transfers, and of no stage: a move has no stage of its own', () => {
  expect(asked('layout=matrix&by=UNIT&stage=PRIMARY')).toMatchObject({
    by: ['ORIGIN', 'DESTINATION'],
    filter: { kind: 'TRANSFER' },
  });
  expect(asked('layout=matrix&stage=PRIMARY').filter).not.toHaveProperty('stage');
});

test('what is not known is left out, and nothing below a school is asked for', () => {
  expect(asked('kind=NOTHING&from=soon').filter).toEqual({});
  expect(asked('by=UNIT,KIND', true).by).toEqual(['KIND']);
});
