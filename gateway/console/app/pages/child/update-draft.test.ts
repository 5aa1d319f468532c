import { changesOf } from './update-draft.ts';

test('only what was filled in is to change, and a no is an answer', () => {
  expect(changesOf({ contactPhone: '13800000000', currentAddress: '', isBoarder: false })).toEqual({
    contactPhone: '13800000000',
    isBoarder: false,
  });
  expect(changesOf({ currentAddress: '' })).toBeUndefined();
  expect(changesOf({})).toBeUndefined();
});
