import { isSealOverdue } from './to-seal.ts';

const sealing = { authority: '140105', dueOn: '2026-07-20', provisional: false, draftedBy: 'clerk' };
const drafted = { state: 'DRAFTED' as const, sealing };

test('a seal is late from the day after its last day on', () => {
  expect(isSealOverdue(drafted, '2026-07-20')).toBe(false);
  expect(isSealOverdue(drafted, '2026-07-21')).toBe(true);
});

test('nothing is late that was sealed, needs no seal, or has no certain last day', () => {
  expect(isSealOverdue({ ...drafted, state: 'ISSUED' }, '2027-01-01')).toBe(false);
  expect(isSealOverdue({ ...drafted, sealing: null }, '2027-01-01')).toBe(false);
  expect(isSealOverdue({ ...drafted, sealing: { ...sealing, provisional: true } }, '2027-01-01')).toBe(false);
});
