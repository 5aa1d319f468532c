import { proofsOf, uploadsOf } from './papers.ts';

const papers = [
  { upload: '1', name: '户口簿.jpg', kind: 'HOUSEHOLD_REGISTER' },
  { upload: '2', name: '其他.jpg' },
];

test('papers go by their uploads, without their names', () => expect(uploadsOf(papers)).toEqual(['1', '2']));

test('where an order asks what a paper is, only those go of which it is said', () =>
  expect(proofsOf(papers)).toEqual([{ upload: '1', kind: 'HOUSEHOLD_REGISTER' }]));
