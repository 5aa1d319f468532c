import { acts, caseOf, lawful } from './case-draft.ts';

const question = { region: '140105', on: '2026-11-02', stage: 'PRIMARY' } as const;
const draft = lawful(question);

test('a case is the stage and the act that is meant, of which every form begins filled in', () => {
  for (const act of acts) {
    expect(caseOf({ ...draft, act }, 'JUNIOR')).toEqual({ stage: 'JUNIOR', [act]: draft[act] });
  }
});

test('it is none while a point is missing; what may be left open may', () => {
  const without = (changes: object) => ({ ...draft, ...changes });
  expect(caseOf(without({ entry: { ...draft.entry, fullYears: null } }), 'PRIMARY')).toBeUndefined();
  const suspension = { ...draft.suspension, missedHours: null };
  expect(caseOf(without({ act: 'suspension', suspension }), 'PRIMARY')).toEqual({
    stage: 'PRIMARY',
    suspension,
  });
  expect(
    caseOf(without({ act: 'suspension', suspension: { ...suspension, from: '' } }), 'PRIMARY'),
  ).toBeUndefined();
});

test('what was emptied and may be is asked about as not said', () => {
  const transfer = { ...draft.transfer, appliedOn: '' };
  expect(caseOf({ ...draft, act: 'transfer', transfer }, 'PRIMARY')?.transfer?.appliedOn).toBeNull();
});
