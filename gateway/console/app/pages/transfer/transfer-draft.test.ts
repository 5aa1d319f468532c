import { type Draft, transferOf } from './transfer-draft.ts';

const whole: Draft = {
  ...{ name: '张三', idDocumentNumber: '1', kind: 'IN_PROVINCE_TRANSFER', stage: 'PRIMARY', grade: 2 },
  ...{ appliedOn: '2026-09-02', ground: 'HOUSEHOLD_MOVE', across: 'COUNTY' },
};

test.each(['name', 'idDocumentNumber', 'kind', 'stage', 'grade', 'appliedOn', 'ground'] as const)(
  'without %s there is nothing to judge yet',
  (part) => expect(transferOf({ ...whole, [part]: undefined })).toBeUndefined(),
);

test('a pupil whose record a registration has found is named by that registration', () => {
  const { student, found } = transferOf({ ...whole, name: undefined }, 'registration') ?? {};
  expect([student, found]).toEqual([undefined, 'registration']);
});

test('what was not ticked is said to be so', () => {
  expect(transferOf(whole)?.reason).toEqual({
    ground: 'HOUSEHOLD_MOVE',
    household: { across: 'COUNTY', withGuardians: false },
    proofChecked: false,
    meetsLocalRequirements: false,
  });
});

test('a household is told of where the household moved alone', () => {
  expect(transferOf({ ...whole, ground: 'OTHER' })?.reason?.household).toBeNull();
});

test('a paper is handed in once it is said what it is', () => {
  const papers = [
    { upload: 'one', name: '申请.pdf', kind: 'APPLICATION_FORM' },
    { upload: 'two', name: '证明.pdf' },
  ];
  expect(transferOf({ ...whole, papers })?.evidence).toEqual([{ upload: 'one', kind: 'APPLICATION_FORM' }]);
});
