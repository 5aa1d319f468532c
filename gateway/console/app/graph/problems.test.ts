import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { problemsOf } from './problems.ts';

const refusal = (extensions: Record<string, unknown>) =>
  new CombinedGraphQLErrors({ errors: [{ message: 'no', path: ['previewTransfer'], extensions }] });

test('every input that is wrong is named, with why', () => {
  const problems = [
    { path: ['appliedOn'], code: 'invalid_type', message: '请填写日期' },
    { path: ['reason', 'ground'], code: 'invalid_value', message: '不在选项内' },
  ];
  const [problem] = problemsOf(refusal({ code: 'BAD_USER_INPUT', problems }));
  expect(problem?.code).toBe('BAD_USER_INPUT');
  expect(problem?.inputs.map(({ path, message }) => [path.join('.'), message])).toEqual([
    ['appliedOn', '请填写日期'],
    ['reason.ground', '不在选项内'],
  ]);
});

test('a refusal of another kind names none', () => {
  expect(problemsOf(refusal({ code: 'OUT_OF_JURISDICTION' }))).toEqual([
    { code: 'OUT_OF_JURISDICTION', message: 'no', path: ['previewTransfer'], inputs: [] },
  ]);
});

test('a graph that is not reached is unavailable', () => {
  expect(problemsOf(new TypeError('fetch failed')).map(({ code }) => code)).toEqual(['SERVICE_UNAVAILABLE']);
});
