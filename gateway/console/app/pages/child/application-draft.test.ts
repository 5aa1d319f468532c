import { applicationOf, type Draft } from './application-draft.ts';

const draft: Draft = { school: '2114000011', stage: 'PRIMARY', grade: 3, ground: 'RESIDENCE_CHANGE' };

test('an application is judged once school, stage, grade and reason are filled in', () => {
  expect(applicationOf('child', draft)).toEqual({
    ...{ student: 'child', school: '2114000011', stage: 'PRIMARY', grade: 3 },
    reason: { ground: 'RESIDENCE_CHANGE', household: null },
  });
  for (const part of ['school', 'stage', 'grade', 'ground'] as const)
    expect(applicationOf('child', { ...draft, [part]: undefined })).toBeUndefined();
  expect(applicationOf('child', { ...draft, school: '21140000' })).toBeUndefined();
});

test('a household that moved says how far; of a senior pupil it is said where the family lives now', () => {
  const moved: Draft = { ...draft, ground: 'HOUSEHOLD_MOVE' };
  expect(applicationOf('child', moved)).toBeUndefined();
  expect(applicationOf('child', { ...moved, stage: 'SENIOR', across: 'CITY' })?.reason).toEqual({
    ground: 'HOUSEHOLD_MOVE',
    household: { across: 'CITY', withGuardians: false },
    residenceMoved: false,
    targetAtHousehold: false,
  });
});
