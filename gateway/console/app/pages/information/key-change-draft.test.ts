import { keyChangeOf } from './key-change-draft.ts';

test('there is nothing to ask for until something is to change; blanks stay as they are', () => {
  expect(keyChangeOf({})).toBeUndefined();
  expect(keyChangeOf({ name: '', evidence: [{ upload: '1', name: 'a', kind: 'ID_CARD' }] })).toBeUndefined();
  expect(keyChangeOf({ name: '张三', idDocumentNumber: '' })).toEqual({ to: { name: '张三' }, evidence: [] });
});
