import { takeInOf } from './take-in-draft.ts';

test('a case on an application says what the school has checked and nothing that the family has said', () =>
  expect(takeInOf('a', {})).toEqual({
    ...{ application: 'a', evidence: [] },
    reason: { proofChecked: false, meetsLocalRequirements: false },
  }));

test('what was ticked and handed in goes along', () =>
  expect(
    takeInOf('a', {
      ...{ proofChecked: true, meetsLocalRequirements: true },
      evidence: [
        { upload: 'one', name: '户口簿.pdf', kind: 'HOUSEHOLD_REGISTER' },
        { upload: 'two', name: '其他.pdf' },
      ],
    }),
  ).toEqual({
    application: 'a',
    reason: { proofChecked: true, meetsLocalRequirements: true },
    evidence: [{ upload: 'one', kind: 'HOUSEHOLD_REGISTER' }],
  }));
