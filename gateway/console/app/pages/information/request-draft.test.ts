import { deletionOf, reportOf, supplyOf } from './request-draft.ts';

const papers = [
  { upload: '1', name: '户口簿.pdf', kind: 'HOUSEHOLD_REGISTER' },
  { upload: '2', name: '其他.pdf' },
];

test('a resident ID number goes out in capitals with the proofs that are told apart; without one there is nothing to judge', () => {
  expect(supplyOf({ idDocumentNumber: ' 11010120180307002x ', evidence: papers })).toEqual({
    idDocumentNumber: '11010120180307002X',
    evidence: [{ upload: '1', kind: 'HOUSEHOLD_REGISTER' }],
  });
  expect(supplyOf({ idDocumentNumber: ' ' })).toBeUndefined();
});

test('a problem is reported once its kind and what was found are said', () => {
  expect([reportOf({ kind: 'DUPLICATE' }), reportOf({ note: '两条学籍' })]).toEqual([undefined, undefined]);
});

test('only a duplicate names another record', () => {
  const draft = { other: 'another', note: '核查发现' };
  expect(reportOf({ ...draft, kind: 'DUPLICATE' })).toMatchObject({ other: 'another' });
  expect(reportOf({ ...draft, kind: 'FALSE_INFORMATION' })).not.toHaveProperty('other');
});

test('the deletion of a number is asked for with a reason and every paper', () => {
  expect(deletionOf({ evidence: papers })).toBeUndefined();
  expect(deletionOf({ reason: '重复建籍', evidence: papers })).toEqual({
    reason: '重复建籍',
    evidence: ['1', '2'],
  });
});
